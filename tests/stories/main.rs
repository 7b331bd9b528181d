//! Stories over real sockets: what people in a hall do, and what they must see.

mod attacker;
mod case_file;
mod crowd;
mod demo;
mod desk;
mod doors;
mod investigation;
mod killed;
mod ledger;
mod log;
mod opinions;
mod questionnaire;
mod secret;
mod secret_killed;
mod secret_large;
mod secret_refused;
mod secret_voided;
mod sheet;
mod sheet_broken_off;
mod sheet_killed;
mod sitting;
mod sockets;
mod stages;
mod whole_speech;
