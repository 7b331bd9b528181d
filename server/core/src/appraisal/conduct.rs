//! Conduct of the sitting: opening, check-in and quorum, the agenda's course, the hall screen, the console's handover.

use super::Appraisal;
use crate::ballot::{Ballot, BallotState, Rule};
use crate::command::Command;
use crate::ids::{BallotId, ItemId, PersonId};
use crate::limits::CLOCK_FIRST_MS;
use crate::minutes::Event;
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Lacking, Refusal};
use crate::roster::{Attendance, PersonKind};
use crate::rules::profile::Matter;
use crate::sitting::{ConsoleSeat, ItemKind, Screen, SittingState};
use crate::stamp::{Actor, Stamped};

impl Appraisal {
    pub(super) fn apply_conduct(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match (&stamped.command, stamped.actor) {
            (Command::OpenSitting {}, _) => self.open_sitting(touched),
            (Command::CloseSitting {}, _) => self.close_sitting(touched),
            (Command::BeginItem { item }, _) => self.begin_item(*item, touched),
            (Command::CheckIn {}, Actor::Person { person }) => {
                self.sitting.need_open()?;
                if self.roster.get(person)?.attendance == Attendance::Present {
                    return Err(Refusal::AlreadyCheckedIn {});
                }
                self.record_attendance(person, Attendance::Present, touched)
            }
            (Command::RecordAttendance { person, attendance }, _) => {
                self.sitting.need_open()?;
                self.record_attendance(*person, *attendance, touched)
            }
            (Command::ShowScreen { screen }, _) => self.show_screen(*screen, touched),
            (Command::HandConsole { to }, Actor::Console { seat }) => self.hand_console(seat, *to, touched),
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    fn open_sitting(&mut self, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.need_preparing()?;
        if self.now < CLOCK_FIRST_MS {
            return Err(Refusal::ClockImplausible {});
        }
        let lacks = if self.roster.due() == 0 {
            Some(Lacking::Roster)
        } else if self.subjects.is_empty() {
            Some(Lacking::Subjects)
        } else if self.sitting.agenda.is_empty() {
            Some(Lacking::Agenda)
        } else if !self.profile_confirmed() {
            Some(Lacking::ProfileConfirmed)
        } else {
            None
        };
        if let Some(lacks) = lacks {
            return Err(Refusal::NotReady { lacks });
        }
        self.need_something_to_measure()?;
        self.prepare_ballots(touched);
        self.sitting.state = SittingState::Open;
        self.sitting.opened_at = self.now;
        if let Some(first) = self.sitting.next_item()
            && self
                .sitting
                .agenda
                .get(&first)
                .is_some_and(|i| i.kind == ItemKind::Opening)
        {
            self.sitting.begin(first, self.now)?;
        }
        self.sitting.screen = Screen::Welcome {};
        self.minutes
            .note(self.now, Event::SittingOpened { due: self.roster.due() });
        self.course_touched(touched);
        touched.mine_of_all = true;
        Ok(Reply::Done {})
    }

    /// Under a rule for rectification only subjects are measured whose appraisal is announced; under the one by which
    /// they were appraised, only those whose is not: a second result would stand beside the first and mean nothing.
    fn need_something_to_measure(&self) -> Result<(), Refusal> {
        let matter = self.profile.matter;
        let evaluations = self.sitting.agenda.values().filter(|i| i.kind == ItemKind::Evaluation);
        for subject in evaluations.flat_map(|i| i.about()) {
            let announced = self
                .appraisal_of(subject)
                .filter(|(_, b)| b.state == BallotState::Announced);
            match announced {
                None if matter == Matter::Rectification => return Err(Refusal::ResultNotAnnounced {}),
                Some((_, b)) if b.matter == matter => return Err(Refusal::AppraisedAlready { subject }),
                _ => {}
            }
        }
        Ok(())
    }

    /// One ballot for each subject of each evaluation and each group of voters, its rule frozen now.
    fn prepare_ballots(&mut self, touched: &mut Touched) {
        let evaluations = self
            .sitting
            .agenda
            .iter()
            .filter(|(_, i)| i.kind == ItemKind::Evaluation);
        let about: Vec<_> = evaluations.flat_map(|(id, i)| i.about().map(|s| (*id, s))).collect();
        let groups = u32::try_from(self.profile.groups.len()).unwrap_or(1);
        let papers = about
            .iter()
            .flat_map(|(item, subject)| (0..groups).map(move |g| (*item, *subject, g)));
        for (item, subject, group) in papers {
            let id = BallotId(u32::try_from(self.ballots.len() + 1).unwrap_or(u32::MAX));
            let rule = Rule::of(&self.profile, group);
            let display = self.settings.tally_display;
            let ballot = Ballot {
                sitting: self.sitting_number(),
                matter: self.profile.matter,
                ..Ballot::new(subject, item, rule, display, self.settings.secrecy)
            };
            self.ballots.insert(id, ballot);
            touched.key(Key::Ballot(id)).key(Key::Subject(subject));
        }
    }

    fn close_sitting(&mut self, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.sitting.need_open()?;
        self.need_no_ballot_running()?;
        self.end_speeches(touched);
        self.sitting.state = SittingState::Closed;
        self.sitting.closed_at = self.now;
        if let Some(item) = self
            .sitting
            .current
            .take()
            .and_then(|c| self.sitting.agenda.get_mut(&c))
        {
            item.state = crate::sitting::ItemState::Done;
        }
        self.sitting.screen = Screen::Title {};
        self.minutes.note(self.now, Event::SittingClosed {});
        self.course_touched(touched);
        touched.mine_of_all = true;
        Ok(Reply::Done {})
    }

    fn begin_item(&mut self, item: ItemId, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.sitting.need_open()?;
        self.need_no_ballot_running()?;
        let kind = self.sitting.agenda.get(&item).ok_or(Refusal::NoSuchItem {})?.kind;
        if kind != ItemKind::Opening {
            self.need_quorum()?;
        }
        self.end_speech(touched);
        self.sitting.begin(item, self.now)?;
        self.sitting.screen = if kind == ItemKind::Opening {
            Screen::Welcome {}
        } else {
            Screen::Item { item }
        };
        self.minutes.note(self.now, Event::ItemBegan { item });
        self.course_touched(touched);
        Ok(Reply::Done {})
    }

    fn record_attendance(&mut self, id: PersonId, to: Attendance, touched: &mut Touched) -> Result<Reply, Refusal> {
        let now = self.now;
        let person = self.roster.get_mut(id)?;
        person.attendance = to;
        person.attendance_at = now;
        let kind = person.kind;
        touched
            .key(Key::Person(id))
            .key(Key::Attendance)
            .key(Key::Console)
            .mine(id);
        if kind == PersonKind::Member && self.note_quorum() {
            touched.key(Key::Minutes);
        }
        if to == Attendance::Present {
            self.admit_late(id, touched)?;
        }
        Ok(Reply::Done {})
    }

    /// Who comes while ballots are given out still gets one.
    fn admit_late(&mut self, id: PersonId, touched: &mut Touched) -> Result<(), Refusal> {
        let way = self.roster.get(id)?.way;
        let giving: Vec<_> = self
            .ballots
            .iter()
            .filter(|(_, b)| b.issues())
            .map(|(id, b)| (*id, b.rule.group))
            .collect();
        for (ballot, group) in giving {
            if !self.votes_in(id, group) {
                continue;
            }
            let subject = self.ballot(ballot)?.subject;
            let recused = self.subjects.get(&subject).is_some_and(|s| s.recused.contains_key(&id));
            self.ballot_mut(ballot)?.admit(id, way, recused);
            touched.key(Key::Ballot(ballot));
        }
        self.watched(touched);
        Ok(())
    }

    /// Notes in the minutes when the quorum is reached or lost. True if a line was written.
    pub(super) fn note_quorum(&mut self) -> bool {
        let (met, present, due) = (self.quorum_met(), self.roster.present(), self.roster.due());
        if met == self.sitting.quorum_reached {
            return false;
        }
        self.sitting.quorum_reached = met;
        let event = if met {
            Event::QuorumReached { present, due }
        } else {
            Event::QuorumLost { present, due }
        };
        self.minutes.note(self.now, event);
        true
    }

    fn show_screen(&mut self, screen: Screen, touched: &mut Touched) -> Result<Reply, Refusal> {
        match screen {
            Screen::Item { item } => {
                self.sitting.agenda.get(&item).ok_or(Refusal::NoSuchItem {})?;
            }
            Screen::Question { question } => {
                if !self.inquiry.get(question)?.shown() {
                    return Err(Refusal::QuestionNotShown {});
                }
            }
            Screen::Ballot { ballot } => {
                self.ballot(ballot)?;
            }
            Screen::Lot { lot } => {
                self.lot(lot)?;
            }
            Screen::Welcome {} | Screen::CheckIn {} | Screen::Title {} => {}
        }
        self.sitting.screen = screen;
        self.screen_touched(touched);
        Ok(Reply::Done {})
    }

    fn hand_console(&mut self, from: ConsoleSeat, to: ConsoleSeat, touched: &mut Touched) -> Result<Reply, Refusal> {
        // The chair may always take the console back; the operator only passes on what it holds.
        if from == ConsoleSeat::Operator && self.sitting.console != ConsoleSeat::Operator {
            return Err(Refusal::ConsoleNotHeld {
                held_by: self.sitting.console,
            });
        }
        if self.sitting.console != to {
            self.sitting.console = to;
            self.minutes.note(self.now, Event::ConsoleHanded { to });
        }
        touched.key(Key::Console).key(Key::Minutes);
        Ok(Reply::Done {})
    }

    pub(crate) fn screen_touched(&self, touched: &mut Touched) {
        touched.key(Key::Screen).key(Key::Console);
        // What the projector may see of a question depends on whether it is on the screen.
        touched.keys(
            self.inquiry
                .questions
                .keys()
                .map(|q| Key::Question(*q))
                .collect::<Vec<_>>(),
        );
    }

    fn course_touched(&self, touched: &mut Touched) {
        touched.keys([
            Key::Sitting,
            Key::Agenda,
            Key::Attendance,
            Key::Minutes,
            Key::Deliberation,
        ]);
        self.screen_touched(touched);
    }
}
