//! The fifth verb: turns the state into what each audience may see, as differences against what was last published,
//! encoded once per audience. Knows who listens; the bytes go out through the hub.

use super::handle::Watcher;
use crate::hub::{Channel, Frame, Opcode, Outbox, Subscriber};
use crate::limits::SOCKETS_PER_PERSON_MAX;
use crate::meters;
use crate::protocol::{CloseCode, Position, ServerMessage};
use pingyi_core::Appraisal;
use pingyi_core::ids::{BallotId, PersonId, QuestionnaireId};
use pingyi_core::outcome::{Key, SignedOut, SignedOutWhy, Touched};
use pingyi_core::sitting::ConsoleSeat;
use pingyi_core::stamp::Actor;
use pingyi_core::views::{AnswerSight, Audience, BoxSight, Door, Surroundings, mine, mine_ballot, render, view};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One audience's stream beside what it last showed.
#[derive(Debug)]
struct Stream {
    channel: Channel,
    last: BTreeMap<String, Value>,
}

#[derive(Debug)]
struct PersonSocket {
    subscriber: Subscriber,
    generation: u32,
    outbox: Arc<Outbox>,
}

/// All streams of one case.
#[derive(Debug)]
pub(super) struct Publisher {
    epoch: Arc<str>,
    streams: BTreeMap<Audience, Stream>,
    people: BTreeMap<PersonId, Vec<PersonSocket>>,
    around: Surroundings,
    /// People whose connection changed since the last look.
    moved: BTreeSet<PersonId>,
    /// Set when the case ends: nobody joins any more.
    shut: Option<CloseCode>,
}

impl Publisher {
    pub fn new(case: &Appraisal, epoch: &str) -> Publisher {
        let epoch: Arc<str> = epoch.into();
        let around = Surroundings::default();
        let stream = |audience| Stream {
            channel: Channel::new(epoch.clone()),
            last: view(case, &around, audience),
        };
        let streams = Audience::ALL.into_iter().map(|a| (a, stream(a))).collect();
        Publisher {
            epoch,
            streams,
            people: BTreeMap::new(),
            around,
            moved: BTreeSet::new(),
            shut: None,
        }
    }

    pub fn epoch(&self) -> String {
        self.epoch.to_string()
    }

    pub fn last(&self, audience: Audience) -> BTreeMap<String, Value> {
        self.streams.get(&audience).map(|s| s.last.clone()).unwrap_or_default()
    }

    pub fn around(&self) -> &Surroundings {
        &self.around
    }

    pub fn set_door(&mut self, door: Option<Door>) {
        self.around.door = door;
    }

    /// Why nobody joins any more, if so.
    pub fn shut(&self) -> Option<CloseCode> {
        self.shut
    }

    /// At the bound the person's oldest socket goes: it is more likely a stale one than the phone in the hand.
    pub fn make_room(&mut self, person: PersonId) {
        let Some(sockets) = self.people.get_mut(&person) else {
            return;
        };
        while sockets.len() >= SOCKETS_PER_PERSON_MAX {
            sockets.remove(0).outbox.close(CloseCode::TooBusy);
        }
    }

    /// What screens may know of the open boxes; the answer names the ballots that look different now.
    pub fn set_boxes(&mut self, boxes: BTreeMap<BallotId, BoxSight>) -> Vec<BallotId> {
        let before = std::mem::replace(&mut self.around.boxes, boxes);
        let after = &self.around.boxes;
        after
            .keys()
            .chain(before.keys())
            .filter(|id| before.get(id) != after.get(id))
            .copied()
            .collect()
    }

    /// The same for open questionnaires.
    pub fn set_answers(&mut self, answers: BTreeMap<QuestionnaireId, AnswerSight>) -> Vec<QuestionnaireId> {
        let before = std::mem::replace(&mut self.around.answers, answers);
        let after = &self.around.answers;
        let known = after.keys().chain(before.keys());
        known.filter(|id| before.get(id) != after.get(id)).copied().collect()
    }

    pub fn join(
        &mut self,
        case: &Appraisal,
        who: &Watcher,
        position: Option<&Position>,
        outbox: Arc<Outbox>,
    ) -> Subscriber {
        let Some(stream) = self.streams.get_mut(&who.audience) else {
            return 0;
        };
        let last = &stream.last;
        let subscriber = stream.channel.join(outbox.clone(), position, |p| {
            encode_message(&ServerMessage::Snapshot {
                position: p.clone(),
                set: last.clone(),
            })
        });
        match who.actor {
            Some(Actor::Person { person }) => {
                outbox.push(whole_mine(case, &self.around, person));
                let sockets = self.people.entry(person).or_default();
                sockets.push(PersonSocket {
                    subscriber,
                    generation: who.generation,
                    outbox,
                });
                if self.around.connected.insert(person) {
                    self.moved.insert(person);
                }
            }
            other => self.count_station(who.audience, other, 1),
        }
        subscriber
    }

    pub fn leave(&mut self, audience: Audience, subscriber: Subscriber, actor: Option<Actor>) {
        let listed = self
            .streams
            .get_mut(&audience)
            .is_some_and(|stream| stream.channel.leave(subscriber));
        match actor {
            Some(Actor::Person { person }) => {
                let left = self.people.get_mut(&person).is_none_or(|sockets| {
                    sockets.retain(|s| s.subscriber != subscriber);
                    sockets.is_empty()
                });
                if left {
                    self.people.remove(&person);
                    if self.around.connected.remove(&person) {
                        self.moved.insert(person);
                    }
                }
            }
            // One who joined before a restart of the streams was not counted since.
            other if listed => self.count_station(audience, other, -1),
            _ => {}
        }
    }

    fn count_station(&mut self, audience: Audience, actor: Option<Actor>, by: i32) {
        let count = match (audience, actor) {
            (Audience::Projector, _) => &mut self.around.projectors,
            (Audience::Desk, _) => &mut self.around.desks,
            (
                Audience::Chair,
                Some(Actor::Console {
                    seat: ConsoleSeat::Operator,
                }),
            ) => &mut self.around.operators,
            (Audience::Chair, _) => &mut self.around.chairs,
            (Audience::Member | Audience::Public, _) => return,
        };
        *count = count.saturating_add_signed(by);
    }

    /// What the comings and goings since the last call touch.
    pub fn take_moved(&mut self) -> Touched {
        let mut touched = Touched::default();
        touched
            .key(Key::Joined)
            .keys(std::mem::take(&mut self.moved).into_iter().map(Key::Person));
        touched
    }

    /// Sends what `touched` changed, to every audience and to the named persons.
    pub fn publish(&mut self, case: &Appraisal, touched: &Touched) {
        let around = &self.around;
        for (audience, stream) in &mut self.streams {
            let (mut set, mut drop) = (BTreeMap::new(), Vec::new());
            for key in &touched.keys {
                let name = key.to_string();
                match render(case, around, *audience, *key) {
                    Some(value) => {
                        if stream.last.get(&name) != Some(&value) {
                            stream.last.insert(name.clone(), value.clone());
                            set.insert(name, value);
                        }
                    }
                    None => {
                        if stream.last.remove(&name).is_some() {
                            drop.push(name);
                        }
                    }
                }
            }
            if !(set.is_empty() && drop.is_empty()) {
                stream.channel.publish(|p| {
                    encode_message(&ServerMessage::Difference {
                        position: p.clone(),
                        set,
                        drop,
                    })
                });
            }
        }
        self.publish_mine(case, touched);
    }

    fn publish_mine(&self, case: &Appraisal, touched: &Touched) {
        if touched.mine.is_empty() && touched.mine_ballots.is_empty() && !touched.mine_of_all {
            return;
        }
        let named = self
            .people
            .iter()
            .filter(|(id, _)| touched.mine_of_all || touched.mine.contains(id));
        for (person, sockets) in named {
            send(sockets, &whole_mine(case, &self.around, *person));
        }
        for (person, ballot) in &touched.mine_ballots {
            if !touched.mine_of_all && !touched.mine.contains(person) {
                self.send_ballot(case, *person, *ballot);
            }
        }
    }

    /// Sends what changed of one person's own stream at once, and takes it out of `touched`.
    pub fn tell(&self, case: &Appraisal, person: PersonId, touched: &mut Touched) {
        if touched.mine.remove(&person)
            && let Some(sockets) = self.people.get(&person)
        {
            send(sockets, &whole_mine(case, &self.around, person));
        }
        touched.mine_ballots.retain(|(of, ballot)| {
            if *of == person {
                self.send_ballot(case, person, *ballot);
            }
            *of != person
        });
    }

    fn send_ballot(&self, case: &Appraisal, person: PersonId, ballot: BallotId) {
        let Some(sockets) = self.people.get(&person) else {
            return;
        };
        let mine = ServerMessage::Mine {
            whole: false,
            set: mine_ballot(case, person, ballot).into_iter().collect(),
            drop: Vec::new(),
        };
        send(sockets, &encode_message(&mine));
    }

    /// Closes the sockets of devices that are out.
    pub fn sign_out(&mut self, out: &SignedOut) {
        let code = match out.why {
            SignedOutWhy::Moved => CloseCode::MovedToOtherDevice,
            SignedOutWhy::Reissued => CloseCode::CredentialReissued,
        };
        for socket in self.people.get(&out.person).into_iter().flatten() {
            if socket.generation < out.valid_generation {
                socket.outbox.close(code);
            }
        }
    }

    pub fn close_all(&mut self, code: CloseCode) {
        for stream in self.streams.values_mut() {
            stream.channel.close_all(code);
        }
    }

    /// Ends all streams for good.
    pub fn shut_down(&mut self, code: CloseCode) {
        self.shut = Some(code);
        self.close_all(code);
    }

    /// Starts anew after the state was rebuilt: every screen gets a snapshot.
    pub fn restart(&mut self, case: &Appraisal, epoch: &str) {
        self.close_all(CloseCode::Fault);
        let around = std::mem::take(&mut self.around);
        *self = Publisher::new(case, epoch);
        self.around.door = around.door;
    }
}

fn send(sockets: &[PersonSocket], frame: &Frame) {
    for socket in sockets {
        socket.outbox.push(frame.clone());
    }
}

fn whole_mine(case: &Appraisal, around: &Surroundings, person: PersonId) -> Frame {
    encode_message(&ServerMessage::Mine {
        whole: true,
        set: mine(case, around, person),
        drop: Vec::new(),
    })
}

/// JSON text of a message. Views hold strings, integers and lists, which always serialise.
pub fn encode_message(message: &ServerMessage) -> Frame {
    meters::ENCODINGS.add(1);
    Frame::new(Opcode::Text, &serde_json::to_vec(message).unwrap_or_default())
}
