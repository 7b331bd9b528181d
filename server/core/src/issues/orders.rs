//! Orders about the issue list and the opinions. Approved opinions stand: their text and their issues change only after
//! the approval has been taken back, and that is over once they were handed over.

use super::{
    AddIssue, ApproveOpinions, CategoryEntry, ChangeIssue, DraftOpinions, DropIssue, Issue, IssueEntry, MergeIssue,
    OpinionText, RestoreIssue, SetCategories, Source,
};
use crate::appraisal::Appraisal;
use crate::command::Command;
use crate::deliberation::RemarkState;
use crate::ids::{IssueId, SubjectId};
use crate::inquiry::Visibility;
use crate::limits::{
    ISSUE_CATEGORIES_MAX, ISSUE_CHARS_MAX, ISSUE_SOURCES_MAX, ISSUES_MAX, LABEL_CHARS_MAX, NOTE_CHARS_MAX,
    OPINION_CHARS_MAX,
};
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::stamp::Stamped;
use crate::text;
use std::collections::BTreeMap;

impl Appraisal {
    pub(crate) fn apply_issues(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match &stamped.command {
            Command::SetCategories(order) => self.set_categories(order, touched),
            Command::AddIssue(order) => self.add_issue(order, touched),
            Command::ChangeIssue(order) => self.change_issue(order, touched),
            Command::MergeIssue(order) => self.merge_issue(order, touched),
            Command::DropIssue(order) => self.drop_issue(order, touched),
            Command::RestoreIssue(order) => self.restore_issue(order, touched),
            Command::DraftOpinions(order) => self.draft_opinions(order, touched),
            Command::ApproveOpinions(order) => self.approve_opinions(order, touched),
            Command::SignOpinions(order) => self.sign_opinions(stamped.actor, order.subject, touched),
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    fn set_categories(&mut self, order: &SetCategories, touched: &mut Touched) -> Result<Reply, Refusal> {
        let (categories, renamed) = self.checked_categories(&order.categories)?;
        let name_now = |was: &String| renamed.get(was).unwrap_or(was).clone();
        let names: BTreeMap<IssueId, String> = self
            .issues
            .issues
            .iter()
            .map(|(id, issue)| (*id, name_now(&issue.category)))
            .collect();
        for (id, issue) in &self.issues.issues {
            let name = &names[id];
            if self.issues.approved(issue.subject) && *name != issue.category {
                return Err(Refusal::OpinionsApproved {});
            }
            if issue.live() && !categories.contains(name) {
                return Err(Refusal::CategoryInUse {
                    category: issue.category.clone(),
                });
            }
        }
        for (id, name) in names {
            if let Some(issue) = self.issues.issues.get_mut(&id).filter(|i| i.category != name) {
                issue.category = name;
                touched.key(Key::Issue(id));
            }
        }
        self.issues.categories = categories;
        touched.key(Key::IssueList);
        Ok(Reply::Done {})
    }

    /// The new list, and which old name became which.
    fn checked_categories(
        &self,
        entries: &[CategoryEntry],
    ) -> Result<(Vec<String>, BTreeMap<String, String>), Refusal> {
        if entries.len() > ISSUE_CATEGORIES_MAX {
            return Err(too_many(Counted::Categories, ISSUE_CATEGORIES_MAX));
        }
        let mut categories = Vec::with_capacity(entries.len());
        let mut renamed = BTreeMap::new();
        for entry in entries {
            let name = text::line(TextField::Category, &entry.name, LABEL_CHARS_MAX)?;
            if categories.contains(&name) {
                return Err(Refusal::CategoryTwice { category: name });
            }
            if !entry.was.is_empty() {
                if !self.issues.categories.contains(&entry.was) {
                    return Err(Refusal::NoSuchCategory {});
                }
                renamed.insert(entry.was.clone(), name.clone());
            }
            categories.push(name);
        }
        if categories.is_empty() {
            return Err(Refusal::TextMissing {
                field: TextField::Category,
            });
        }
        Ok((categories, renamed))
    }

    fn add_issue(&mut self, order: &AddIssue, touched: &mut Touched) -> Result<Reply, Refusal> {
        if self.issues.issues.len() >= ISSUES_MAX {
            return Err(too_many(Counted::Issues, ISSUES_MAX));
        }
        let issue = self.checked_issue(&order.entry)?;
        self.issues.added += 1;
        let id = IssueId(self.issues.added);
        self.issues.issues.insert(id, issue);
        touched.key(Key::Issue(id));
        Ok(Reply::IssueAdded { issue: id })
    }

    fn change_issue(&mut self, order: &ChangeIssue, touched: &mut Touched) -> Result<Reply, Refusal> {
        let before = self.open_issue(order.issue)?;
        let moved = before.subject != order.entry.subject;
        if moved && !self.issues.merged_into(order.issue).is_empty() {
            return Err(Refusal::OtherSubject {});
        }
        let issue = self.checked_issue(&order.entry)?;
        self.issues.issues.insert(order.issue, issue);
        touched.key(Key::Issue(order.issue));
        Ok(Reply::Done {})
    }

    /// The sources stay where they are: who undoes the merge finds both issues as they were.
    fn merge_issue(&mut self, order: &MergeIssue, touched: &mut Touched) -> Result<Reply, Refusal> {
        if order.from == order.into {
            return Err(Refusal::MergeIntoItself {});
        }
        if self.open_issue(order.from)?.subject != self.open_issue(order.into)?.subject {
            return Err(Refusal::OtherSubject {});
        }
        self.issue_mut(order.from)?.merged_into = Some(order.into);
        touched.keys([Key::Issue(order.from), Key::Issue(order.into)]);
        Ok(Reply::Done {})
    }

    fn drop_issue(&mut self, order: &DropIssue, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.open_issue(order.issue)?;
        let reason = text::paragraph(TextField::Reason, &order.reason, NOTE_CHARS_MAX)?;
        self.issue_mut(order.issue)?.dropped_because = reason;
        touched.key(Key::Issue(order.issue));
        Ok(Reply::Done {})
    }

    fn restore_issue(&mut self, order: &RestoreIssue, touched: &mut Touched) -> Result<Reply, Refusal> {
        let issue = self.issues.issues.get(&order.issue).ok_or(Refusal::NoSuchIssue {})?;
        self.need_unapproved(issue.subject)?;
        if !self.issues.categories.contains(&issue.category) {
            return Err(Refusal::NoSuchCategory {});
        }
        touched.key(Key::Issue(order.issue));
        if issue.merged_into.is_some() {
            touched.key(Key::Issue(self.issues.speaker(order.issue)));
        }
        let issue = self.issue_mut(order.issue)?;
        issue.merged_into = None;
        issue.dropped_because = String::new();
        Ok(Reply::Done {})
    }

    fn draft_opinions(&mut self, order: &DraftOpinions, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.subject(order.subject)?;
        self.need_unapproved(order.subject)?;
        let paragraph = |field, text: &str| text::optional_paragraph(field, text, OPINION_CHARS_MAX);
        let draft = OpinionText {
            assessment: paragraph(TextField::Assessment, &order.assessment)?,
            advice: paragraph(TextField::Advice, &order.advice)?,
            demands: paragraph(TextField::Demands, &order.demands)?,
            number: text::optional_line(TextField::DocumentNumber, &order.number, LABEL_CHARS_MAX)?,
            ..OpinionText::default()
        };
        self.issues.opinions.insert(order.subject, draft);
        touched.key(Key::Rectification(order.subject));
        Ok(Reply::Done {})
    }

    fn approve_opinions(&mut self, order: &ApproveOpinions, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.subject(order.subject)?;
        let follow_up = self.follow_up.subjects.get(&order.subject);
        if follow_up.is_some_and(|o| o.handed_on.is_some()) {
            return Err(Refusal::OpinionsHandedOver {});
        }
        let on = self.past_day(&order.on, None, None)?;
        let note = text::optional_paragraph(TextField::Note, &order.note, NOTE_CHARS_MAX)?;
        let issues = self.issues.in_order(order.subject);
        let draft = self.issues.opinions.get_mut(&order.subject);
        let draft = draft
            .filter(|d| !d.assessment.is_empty())
            .ok_or(Refusal::OpinionsNotDrafted {})?;
        if on.is_some() && draft.approved_on.is_some() {
            return Err(Refusal::OpinionsApproved {});
        }
        draft.approved_on = on;
        (draft.approval_note, draft.issues) = match on {
            Some(_) => (note, issues),
            None => (String::new(), Vec::new()),
        };
        touched.keys([Key::Rectification(order.subject), Key::FollowUp]);
        Ok(Reply::Done {})
    }

    fn checked_issue(&self, entry: &IssueEntry) -> Result<Issue, Refusal> {
        self.subject(entry.subject)?;
        self.need_unapproved(entry.subject)?;
        if !self.issues.categories.contains(&entry.category) {
            return Err(Refusal::NoSuchCategory {});
        }
        if entry.sources.is_empty() {
            return Err(Refusal::SourceMissing {});
        }
        if entry.sources.len() > ISSUE_SOURCES_MAX {
            return Err(too_many(Counted::Sources, ISSUE_SOURCES_MAX));
        }
        let sources = entry.sources.iter().map(|source| self.checked_source(source));
        Ok(Issue {
            subject: entry.subject,
            category: entry.category.clone(),
            text: text::paragraph(TextField::Issue, &entry.text, ISSUE_CHARS_MAX)?,
            sources: sources.collect::<Result<_, _>>()?,
            merged_into: None,
            dropped_because: String::new(),
        })
    }

    /// A source must be there when the issue is written; what was said to the chair alone is none.
    fn checked_source(&self, source: &Source) -> Result<Source, Refusal> {
        let place = |place: &str| text::optional_line(TextField::Place, place, LABEL_CHARS_MAX);
        Ok(match source {
            Source::DutyReport { subject, place: at } => {
                self.subject(*subject)?;
                Source::DutyReport {
                    subject: *subject,
                    place: place(at)?,
                }
            }
            Source::InvestigationReport { group, place: at } => {
                self.investigation
                    .get(*group)?
                    .standing()
                    .ok_or(Refusal::ReportNotFiled {})?;
                Source::InvestigationReport {
                    group: *group,
                    place: place(at)?,
                }
            }
            Source::Question { question } => {
                let asked = self.inquiry.questions.get(question).ok_or(Refusal::NoSuchQuestion {})?;
                if asked.visibility == Visibility::ChairOnly {
                    return Err(Refusal::QuestionPrivate {});
                }
                source.clone()
            }
            Source::Remark { remark } => {
                if self.deliberation.get(*remark)?.state != RemarkState::Confirmed {
                    return Err(Refusal::RemarkNotConfirmed {});
                }
                source.clone()
            }
            Source::Other { text } => Source::Other {
                text: text::line(TextField::Source, text, NOTE_CHARS_MAX)?,
            },
        })
    }

    /// An issue that stands for itself and whose opinions are not approved.
    fn open_issue(&self, id: IssueId) -> Result<&Issue, Refusal> {
        let issue = self.issues.issues.get(&id).ok_or(Refusal::NoSuchIssue {})?;
        self.need_unapproved(issue.subject)?;
        if issue.live() {
            Ok(issue)
        } else {
            Err(Refusal::IssueSettled {})
        }
    }

    fn issue_mut(&mut self, id: IssueId) -> Result<&mut Issue, Refusal> {
        self.issues.issues.get_mut(&id).ok_or(Refusal::NoSuchIssue {})
    }

    fn need_unapproved(&self, subject: SubjectId) -> Result<(), Refusal> {
        if self.issues.approved(subject) {
            Err(Refusal::OpinionsApproved {})
        } else {
            Ok(())
        }
    }
}

fn too_many(of: Counted, max: usize) -> Refusal {
    Refusal::TooMany {
        of,
        max: u32::try_from(max).unwrap_or(u32::MAX),
    }
}
