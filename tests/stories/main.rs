//! Stories over real sockets: what people in a hall do, and what they must see.

mod attacker;
mod case_file;
mod doors;
mod killed;
mod log;
mod sitting;
mod sockets;
