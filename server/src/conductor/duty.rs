//! Duties of a case, made into system commands with ids that count once.

use pingyi_core::Appraisal;
use pingyi_core::duties::{Duty, duties};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A duty's command id: the same for every run of the same duty, so that doing it twice counts once.
pub(super) fn duty_id(appraisal: Uuid, name: &str) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(b"pingyi-duty/1|");
    hash.update(appraisal.as_bytes());
    hash.update(b"|");
    hash.update(name.as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Whether an id is of the kind that duties have (UUID version 8); nobody else's commands may carry one.
pub(super) fn is_duty_id(id: &Uuid) -> bool {
    id.get_version_num() == 8
}

/// What is due now, and when the next one will be.
pub(super) fn due(case: &Appraisal, now_ms: i64) -> (Vec<Duty>, Option<i64>) {
    let now_ms = now_ms.max(case.now);
    let open = duties(case)
        .into_iter()
        .filter(|d| !case.decided.contains_key(&duty_id(case.id, &d.name)));
    let (due, later): (Vec<_>, Vec<_>) = open.partition(|d| d.due_at <= now_ms);
    let next = later.iter().map(|d| d.due_at).min();
    (due, next)
}
