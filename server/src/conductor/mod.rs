//! Runs appraisals: the five verbs, recovery, snapshots, and the registry of running cases. The only place that
//! changes a case. Everybody else holds a `CaseHandle` and gives wishes.

mod admit;
mod device;
mod duty;
mod handle;
mod office;
mod publisher;
mod record;
mod recovery;
mod registry;
mod steps;
#[cfg(test)]
mod tests;

pub use device::{Device, DeviceKey};
pub use handle::{CaseHandle, Joining, NotTaken, Watcher, Wish};
pub use office::{BallotOffice, BoxFill, HeldAnswers, HeldBox, NoOffice, OfficeError};
pub use record::{RecordError, decode, encode};
pub use recovery::{Progress, Recovered, RecoveryError, SetAsideError, set_aside};
pub use registry::{Registry, RegistryParts};

/// Receipts as frames, for tests and simulated phones.
pub use publisher::encode_message;
