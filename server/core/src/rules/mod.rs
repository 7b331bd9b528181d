//! A locality's rule (测评办法) as data: read from TOML, checked, frozen into a case, and applied to the figures of a
//! count. Pure: a profile and figures in, a verdict out. What a law forbids to vote on here is refused on load.

pub mod built_in;
mod check;
mod cursor;
pub mod fault;
pub mod figures;
mod logic;
mod measure;
pub mod profile;
pub mod rank;
pub mod ratio;
mod read;
pub mod sources;
pub mod verdict;
pub mod wording;
mod write;

#[cfg(test)]
mod tests;

pub use fault::{FaultReason, ProfileFault};
pub use figures::{Figures, GroupFigures, Identity, Remedy};
pub use profile::{Barred, Matter, Profile};
pub use rank::{Place, rank};
pub use ratio::{Fraction, Ratio};
pub use verdict::{Step, Verdict, evaluate};
