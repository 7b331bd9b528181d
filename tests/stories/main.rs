//! Stories over real sockets: what people in a hall do, and what they must see.

mod attacker;
mod case_file;
mod desk;
mod doors;
mod killed;
mod log;
mod secret;
mod secret_killed;
mod secret_large;
mod sitting;
mod sockets;
