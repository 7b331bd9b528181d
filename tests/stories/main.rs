//! Stories over real sockets: what people in a hall do, and what they must see.

mod doors;
mod killed;
mod sitting;
mod sockets;
