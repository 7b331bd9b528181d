//! Orders about remarks and the speaking list. A wording counts once its speaker stands by it: whoever changes it puts
//! it before the speaker again.

use super::{
    AskToSpeak, ConfirmRemark, ConfirmedOn, CorrectRemark, DisputeRemark, RecordRemark, Remark, RemarkSource,
    RemarkState, RemoveRemark, SendRemark, SetDeliberation, Speech, SpeechState,
};
use crate::appraisal::Appraisal;
use crate::command::Command;
use crate::ids::{PersonId, RemarkId, SubjectId};
use crate::limits::{
    ASPECTS_MAX, LABEL_CHARS_MAX, NOTE_CHARS_MAX, REMARK_CHARS_MAX, REMARKS_MAX, REMARKS_PER_PERSON_MAX,
    SPEECH_MINUTES_MAX, SPEECHES_MAX, SPEECHES_PER_PERSON_MAX,
};
use crate::minutes::Event;
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::sitting::SittingState;
use crate::stamp::{Actor, Stamped};
use crate::text;

impl Appraisal {
    pub(crate) fn apply_deliberation(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        use Command as C;
        match (&stamped.command, stamped.actor) {
            (C::SetDeliberation(order), _) => self.set_deliberation(order, touched),
            (C::RecordRemark(order), _) => self.record_remark(order, touched),
            (C::SendRemark(order), Actor::Person { person }) => self.send_remark(person, order, touched),
            (C::CorrectRemark(order), _) => self.correct_remark(order, touched),
            (C::ConfirmRemark(order), actor) => self.confirm_remark(order, actor, touched),
            (C::DisputeRemark(order), Actor::Person { person }) => self.dispute_remark(person, order, touched),
            (C::RemoveRemark(order), _) => self.remove_remark(order, touched),
            (C::AskToSpeak(order), Actor::Person { person }) => self.ask_to_speak(person, order, touched),
            (C::WithdrawSpeech {}, Actor::Person { person }) => self.withdraw_speech(person, touched),
            (C::CallSpeaker(order), _) => self.call_speaker(order.person, touched),
            (C::EndSpeech {}, _) => {
                if self.deliberation.speaking().is_none() {
                    return Err(Refusal::NobodySpeaking {});
                }
                self.end_speech(touched);
                Ok(Reply::Done {})
            }
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    fn set_deliberation(&mut self, order: &SetDeliberation, touched: &mut Touched) -> Result<Reply, Refusal> {
        if order.aspects.len() > ASPECTS_MAX {
            return Err(full(Counted::Aspects, ASPECTS_MAX));
        }
        if order.first_minutes.max(order.later_minutes) > SPEECH_MINUTES_MAX {
            return Err(Refusal::OutOfRange {
                min: 0,
                max: SPEECH_MINUTES_MAX,
            });
        }
        let mut aspects: Vec<String> = Vec::with_capacity(order.aspects.len());
        for aspect in &order.aspects {
            let aspect = text::line(TextField::Aspect, aspect, LABEL_CHARS_MAX)?;
            if aspects.contains(&aspect) {
                return Err(Refusal::AspectTwice {});
            }
            aspects.push(aspect);
        }
        if aspects != self.deliberation.aspects {
            self.need_preparing()?;
        }
        self.deliberation.aspects = aspects;
        self.deliberation.first_minutes = order.first_minutes;
        self.deliberation.later_minutes = order.later_minutes;
        touched.key(Key::Deliberation);
        Ok(Reply::Done {})
    }

    fn record_remark(&mut self, order: &RecordRemark, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.roster.get(order.speaker)?;
        let remark = Remark {
            text: text::paragraph(TextField::Remark, &order.text, REMARK_CHARS_MAX)?,
            aspect: self.aspect(&order.aspect)?,
            subject: self.subject_or_none(order.subject)?,
            ..self.fresh_remark(order.speaker, RemarkSource::Desk)
        };
        self.add_remark(remark, touched)
    }

    /// Own words, read over before they were sent, need no further confirmation.
    fn send_remark(&mut self, person: PersonId, order: &SendRemark, touched: &mut Touched) -> Result<Reply, Refusal> {
        let sent = |r: &&Remark| r.speaker == person && r.source == RemarkSource::Phone;
        if self.deliberation.remarks.values().filter(sent).count() >= REMARKS_PER_PERSON_MAX {
            return Err(full(Counted::YourRemarks, REMARKS_PER_PERSON_MAX));
        }
        let remark = Remark {
            text: text::paragraph(TextField::Remark, &order.text, REMARK_CHARS_MAX)?,
            aspect: self.aspect(&order.aspect)?,
            subject: self.subject_or_none(order.subject)?,
            state: RemarkState::Confirmed,
            confirmed_on: Some(ConfirmedOn::Phone),
            settled_at: self.now,
            ..self.fresh_remark(person, RemarkSource::Phone)
        };
        self.add_remark(remark, touched)
    }

    fn fresh_remark(&self, speaker: PersonId, source: RemarkSource) -> Remark {
        Remark {
            speaker,
            subject: None,
            aspect: String::new(),
            text: String::new(),
            original: None,
            wording: 1,
            source,
            state: RemarkState::Waiting,
            confirmed_on: None,
            note: String::new(),
            at: self.now,
            settled_at: 0,
        }
    }

    fn add_remark(&mut self, remark: Remark, touched: &mut Touched) -> Result<Reply, Refusal> {
        if self.sitting.state == SittingState::Preparing && self.sitting_number() == 1 {
            return Err(Refusal::SittingNotOpen {});
        }
        let remarks = &mut self.deliberation.remarks;
        if remarks.len() >= REMARKS_MAX {
            return Err(full(Counted::Remarks, REMARKS_MAX));
        }
        // None is ever taken out, so the next number is free.
        let id = RemarkId(u32::try_from(remarks.len() + 1).unwrap_or(u32::MAX));
        remarks.insert(id, remark);
        self.remark_touched(id, touched);
        Ok(Reply::RemarkAdded { remark: id })
    }

    fn correct_remark(&mut self, order: &CorrectRemark, touched: &mut Touched) -> Result<Reply, Refusal> {
        let text = text::paragraph(TextField::Remark, &order.text, REMARK_CHARS_MAX)?;
        let (aspect, subject) = (self.aspect(&order.aspect)?, self.subject_or_none(order.subject)?);
        let remark = self.standing_remark(order.remark)?;
        if remark.text != text {
            let old = std::mem::replace(&mut remark.text, text);
            if remark.state == RemarkState::Confirmed {
                remark.original = Some(old);
            } else {
                remark.original.get_or_insert(old);
            }
        }
        (remark.aspect, remark.subject) = (aspect, subject);
        remark.wording += 1;
        remark.state = RemarkState::Waiting;
        remark.confirmed_on = None;
        self.remark_touched(order.remark, touched);
        Ok(Reply::Done {})
    }

    /// By the speaker on the phone, or by the desk for one who signed the printed record.
    fn confirm_remark(&mut self, order: &ConfirmRemark, actor: Actor, touched: &mut Touched) -> Result<Reply, Refusal> {
        let now = self.now;
        let remark = match actor {
            Actor::Person { person } => self.own_remark(person, order.remark)?,
            _ => self.standing_remark(order.remark)?,
        };
        need_wording(remark, order.wording)?;
        if remark.state == RemarkState::Confirmed {
            return Err(Refusal::RemarkConfirmed {});
        }
        remark.state = RemarkState::Confirmed;
        remark.confirmed_on = Some(match actor {
            Actor::Person { .. } => ConfirmedOn::Phone,
            _ => ConfirmedOn::Paper,
        });
        remark.note = String::new();
        remark.settled_at = now;
        self.remark_touched(order.remark, touched);
        Ok(Reply::Done {})
    }

    fn dispute_remark(
        &mut self,
        person: PersonId,
        order: &DisputeRemark,
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        let note = text::paragraph(TextField::Note, &order.note, NOTE_CHARS_MAX)?;
        let remark = self.own_remark(person, order.remark)?;
        need_wording(remark, order.wording)?;
        if remark.state == RemarkState::Confirmed {
            return Err(Refusal::RemarkConfirmed {});
        }
        remark.state = RemarkState::Disputed;
        remark.note = note;
        self.remark_touched(order.remark, touched);
        Ok(Reply::Done {})
    }

    fn remove_remark(&mut self, order: &RemoveRemark, touched: &mut Touched) -> Result<Reply, Refusal> {
        let reason = text::paragraph(TextField::Reason, &order.reason, NOTE_CHARS_MAX)?;
        let now = self.now;
        let remark = self.standing_remark(order.remark)?;
        if remark.state == RemarkState::Confirmed {
            return Err(Refusal::RemarkConfirmed {});
        }
        remark.state = RemarkState::Removed;
        remark.note = reason;
        remark.settled_at = now;
        self.remark_touched(order.remark, touched);
        Ok(Reply::Done {})
    }

    fn standing_remark(&mut self, id: RemarkId) -> Result<&mut Remark, Refusal> {
        let remark = self.deliberation.remarks.get_mut(&id);
        remark
            .filter(|r| r.state != RemarkState::Removed)
            .ok_or(Refusal::NoSuchRemark {})
    }

    fn own_remark(&mut self, person: PersonId, id: RemarkId) -> Result<&mut Remark, Refusal> {
        let remark = self.standing_remark(id)?;
        if remark.speaker == person {
            Ok(remark)
        } else {
            Err(Refusal::NotYourRemark {})
        }
    }

    /// One of the aspects, or none.
    fn aspect(&self, aspect: &str) -> Result<String, Refusal> {
        if aspect.is_empty() || self.deliberation.aspects.iter().any(|a| a == aspect) {
            Ok(aspect.to_owned())
        } else {
            Err(Refusal::NoSuchAspect {})
        }
    }

    fn subject_or_none(&self, subject: Option<SubjectId>) -> Result<Option<SubjectId>, Refusal> {
        subject.map(|s| self.subject(s).map(|_| s)).transpose()
    }

    /// Whoever wants to may say so before the sitting already.
    fn ask_to_speak(&mut self, person: PersonId, order: &AskToSpeak, touched: &mut Touched) -> Result<Reply, Refusal> {
        if self.sitting.state == SittingState::Closed {
            return Err(Refusal::SittingClosed {});
        }
        if self.deliberation.waiting().any(|s| s.person == person) {
            return Err(Refusal::AlreadyOnList {});
        }
        let mut speech = self.new_speech(person)?;
        speech.subject = self.subject_or_none(order.subject)?;
        speech.aspect = self.aspect(&order.aspect)?;
        self.deliberation.speeches.push(speech);
        touched.keys([Key::Deliberation, Key::Console]);
        Ok(Reply::Done {})
    }

    fn new_speech(&self, person: PersonId) -> Result<Speech, Refusal> {
        self.roster.get(person)?;
        let speeches = &self.deliberation.speeches;
        if speeches.len() >= SPEECHES_MAX {
            return Err(full(Counted::Speeches, SPEECHES_MAX));
        }
        if speeches.iter().filter(|s| s.person == person).count() >= SPEECHES_PER_PERSON_MAX {
            return Err(full(Counted::Speeches, SPEECHES_PER_PERSON_MAX));
        }
        Ok(Speech {
            person,
            subject: None,
            aspect: String::new(),
            state: SpeechState::Waiting,
            asked_at: self.now,
            item: None,
            began_at: 0,
            ended_at: 0,
            limit_s: 0,
        })
    }

    fn withdraw_speech(&mut self, person: PersonId, touched: &mut Touched) -> Result<Reply, Refusal> {
        let mut waiting = self.deliberation.speeches.iter_mut();
        let speech = waiting.find(|s| s.person == person && s.state == SpeechState::Waiting);
        speech.ok_or(Refusal::NotOnList {})?.state = SpeechState::Withdrawn;
        touched.keys([Key::Deliberation, Key::Console]);
        Ok(Reply::Done {})
    }

    /// Whoever speaks has finished then.
    fn call_speaker(&mut self, person: PersonId, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.sitting.need_open()?;
        let item = self.deliberating().ok_or(Refusal::NoDeliberation {})?;
        if self.deliberation.speaking().is_some_and(|s| s.person == person) {
            return Err(Refusal::SpeakingAlready {});
        }
        let waiting = |s: &Speech| s.person == person && s.state == SpeechState::Waiting;
        if !self.deliberation.speeches.iter().any(waiting) {
            let speech = self.new_speech(person)?;
            self.deliberation.speeches.push(speech);
        }
        self.end_speech(touched);
        let d = &self.deliberation;
        let minutes = if d.spoken(person, Some(item)) == 0 {
            d.first_minutes
        } else {
            d.later_minutes
        };
        let now = self.now;
        let name = self.name_of(person).to_owned();
        let called = self.deliberation.speeches.iter_mut().find(|s| waiting(s));
        let speech = called.ok_or(Refusal::NotOnList {})?;
        speech.state = SpeechState::Speaking;
        speech.item = Some(item);
        speech.began_at = now;
        speech.limit_s = minutes * 60;
        self.minutes.note(now, Event::SpeakerCalled { name });
        touched.keys([Key::Deliberation, Key::Console, Key::Minutes]);
        Ok(Reply::Done {})
    }

    /// Ends whose turn it is, if anybody's.
    pub(crate) fn end_speech(&mut self, touched: &mut Touched) {
        let now = self.now;
        let mut speeches = self.deliberation.speeches.iter_mut();
        let Some(speech) = speeches.find(|s| s.state == SpeechState::Speaking) else {
            return;
        };
        speech.state = SpeechState::Spoken;
        speech.ended_at = now;
        let seconds = u32::try_from((now - speech.began_at) / 1_000).unwrap_or(u32::MAX);
        let person = speech.person;
        let name = self.name_of(person).to_owned();
        self.minutes.note(now, Event::SpeechEnded { name, seconds });
        touched.keys([Key::Deliberation, Key::Console, Key::Minutes]);
    }

    /// Whoever was not called when the sitting ends waits for no later one.
    pub(crate) fn end_speeches(&mut self, touched: &mut Touched) {
        self.end_speech(touched);
        let waiting = |s: &&mut Speech| s.state == SpeechState::Waiting;
        for speech in self.deliberation.speeches.iter_mut().filter(waiting) {
            speech.state = SpeechState::Withdrawn;
        }
    }

    fn remark_touched(&self, id: RemarkId, touched: &mut Touched) {
        touched.key(Key::Remark(id));
        if let Some(remark) = self.deliberation.remarks.get(&id) {
            touched.mine(remark.speaker);
        }
    }
}

fn need_wording(remark: &Remark, wording: u32) -> Result<(), Refusal> {
    if remark.wording == wording {
        Ok(())
    } else {
        Err(Refusal::RemarkChanged {})
    }
}

fn full(of: Counted, max: usize) -> Refusal {
    Refusal::TooMany {
        of,
        max: u32::try_from(max).unwrap_or(u32::MAX),
    }
}
