//! What can be wrong with a case file, in the order in which it is looked for. The first fault ends the check.

use crate::conductor::RecordError;
use crate::secrecy::{self, HeaderFault, Unreadable};
use pingyi_core::ids::{BallotId, QuestionnaireId};

#[derive(Debug, thiserror::Error)]
pub enum Fault {
    // The container.
    #[error("the file is larger than a case file may be")]
    TooLarge,
    #[error("not a whole zip container")]
    Damaged,
    #[error("the container is encrypted")]
    Encrypted,
    #[error("the container would inflate beyond its bounds; nothing was inflated")]
    Bomb,
    #[error("the manifest: {0}")]
    Manifest(String),
    #[error("format {0:?} is not known to this program")]
    Format(String),
    #[error("part {expected:?} should stand where the container has {found:?}")]
    PartOrder { expected: String, found: String },
    #[error("part {name:?} is not the one that the manifest names")]
    PartDiffers { name: String },
    #[error("part {name:?} is damaged")]
    PartDamaged { name: String },
    #[error("part {name:?} is named by no record")]
    PartUnexpected { name: String },
    #[error("part {name:?}: {reason}")]
    PartUnreadable { name: String, reason: String },

    // The chain.
    #[error("record {index} should stand in line {expected}: one is missing, doubled or moved")]
    RecordOrder { index: u64, expected: u64 },
    #[error("record {index} is neither a text nor a digest")]
    RecordForm { index: u64 },
    #[error("record {index} is only a digest in a file that claims to hold every record")]
    RecordWithheld { index: u64 },
    #[error("record {index}: the chain breaks here; it or its place was changed")]
    ChainBroken { index: u64 },
    #[error("the journal has {found} records, the manifest counts {counted}")]
    RecordsCount { found: u64, counted: u64 },
    #[error("the chain ends in another head than the manifest's: records are missing at the end")]
    HeadDiffers,
    #[error("the chain's head is not the one that was announced")]
    HeadNotAnnounced,

    // The records.
    #[error("record {index}: {source}")]
    Record { index: u64, source: RecordError },
    #[error("record {index} names another id or version of the rules than its line")]
    RecordLine { index: u64 },
    #[error("record {index} stops the rules")]
    Poison { index: u64 },
    #[error("record {index}: the vote or token request is not signed by a device of that person")]
    Signature { index: u64 },
    #[error("record {index} says the same as an earlier one in another way; which one holds cannot be told")]
    Ambiguous { index: u64 },
    #[error("record {index}: the header: {source}")]
    Header { index: u64, source: HeaderFault },
    #[error("record {index}: the header is that of another round, or its hash is wrong")]
    HeaderHash { index: u64 },
    #[error("ballot {ballot}, round {round}: the recorded result is not what the records count to")]
    ResultDiffers { ballot: BallotId, round: u32 },
    #[error("ballot {ballot}, round {round}: the account does not balance: {identity}")]
    Unbalanced {
        ballot: BallotId,
        round: u32,
        identity: &'static str,
    },
    #[error("the documents are not those of the records")]
    DocumentsDiffer,

    // The boards.
    #[error("the board of ballot {ballot}, round {round} was released and is not in the file")]
    BoardMissing { ballot: BallotId, round: u32 },
    #[error("part {name:?} is a board that no record released")]
    BoardUnexpected { name: String },
    #[error("the board of ballot {ballot}, round {round} is not the file that was released")]
    BoardOther { ballot: BallotId, round: u32 },
    #[error("the board of ballot {ballot}, round {round}: {source}")]
    BoardUnreadable {
        ballot: BallotId,
        round: u32,
        source: Unreadable,
    },
    #[error("ballot {ballot}, round {round} was released without key, digest or result on the record")]
    Unannounced { ballot: BallotId, round: u32 },
    #[error("the board of ballot {ballot}, round {round} was released without its seed")]
    NoSeed { ballot: BallotId, round: u32 },
    #[error("the board of ballot {ballot}, round {round}, check {check}: {fault}", check = fault.check() as u8)]
    Board {
        ballot: BallotId,
        round: u32,
        fault: secrecy::Fault,
    },
    #[error("the tokens or papers on the board of ballot {ballot}, round {round} are not those on the record")]
    TokensDiffer { ballot: BallotId, round: u32 },

    // Documents and answers.
    #[error("文件 document {document} 不在案卷中 is on the record and not in the file")]
    DocumentMissing { document: String },
    #[error("文件 document {document} 被改动 is not the one whose digest is on the record")]
    DocumentOther { document: String },
    #[error("问卷 questionnaire {questionnaire}：答卷不在案卷中 its counted answers are not in the file")]
    AnswersMissing { questionnaire: QuestionnaireId },
    #[error("问卷 questionnaire {questionnaire}：答卷被改动 its answers are not those whose digest is on the record")]
    AnswersOther { questionnaire: QuestionnaireId },
    #[error(
        "问卷 questionnaire {questionnaire}：第 {answer} 份答卷与题目不符 answer {answer} does not fit the questions"
    )]
    AnswerUnfit {
        questionnaire: QuestionnaireId,
        answer: u32,
    },
    #[error("问卷 questionnaire {questionnaire}：答卷未按内容排序 its answers are not sorted by what they say")]
    AnswersOrder { questionnaire: QuestionnaireId },
    #[error("问卷 questionnaire {questionnaire}：重新计数与记录不符 its answers do not count to what is on the record")]
    AnswersCount { questionnaire: QuestionnaireId },
}
