//! The body (人大常委会 and its office): desk accounts, which appraisals there are, under which address phones come in.
//! The same kind of machine as a case: `apply` is the only way to change it, a command's id decides once.
//! Passwords are not here; the vault keeps their verifiers.

use crate::ids::{AppraisalId, CommandId, InstantMs};
use crate::limits::{
    ADDRESS_BYTES_MAX, BODY_ACCOUNTS_MAX, BODY_APPRAISALS_MAX, BODY_COMMANDS_MAX, LABEL_CHARS_MAX, NAME_CHARS_MAX,
    TEMPLATE_CHARS_MAX,
};
use crate::papers::OfficePaper;
use crate::refusal::{Refusal, TextField};
use crate::stamp::Actor;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire_words! {
    /// A place in the hall, not a person.
    pub enum Station { Chair, Operator, Projector }
}

wire! {
    /// An order to the body. The names are a stored format, as those of `Command` are.
    #[serde(tag = "type", content = "body")]
    pub enum BodyCommand {
        #[serde(rename = "body.name/1")]
        NameBody { name: String },
        /// A named account of the general office. Its password goes to the vault and never comes here.
        #[serde(rename = "account.add/1")]
        AddAccount { name: String },
        #[serde(rename = "account.rename/1")]
        RenameAccount { account: u32, name: String },
        /// The vault holds another password: what was signed in with the old one is out.
        #[serde(rename = "account.renew/1")]
        RenewAccount { account: u32 },
        /// Never the last one: nobody could open the office again. Its number is not given to another.
        #[serde(rename = "account.remove/1")]
        RemoveAccount { account: u32 },
        /// A new link for a station: the old one and who is signed in by it are out.
        #[serde(rename = "station.renew/1")]
        RenewStation {
            #[cfg_attr(feature = "typescript", ts(type = "string"))]
            appraisal: AppraisalId,
            station: Station,
        },
        /// A new address for the calendar feed of a case; the one before is out.
        #[serde(rename = "feed.renew/1")]
        RenewFeed {
            #[cfg_attr(feature = "typescript", ts(type = "string"))]
            appraisal: AppraisalId,
        },
        /// No address opens it any more.
        #[serde(rename = "feed.shut/1")]
        ShutFeed {
            #[cfg_attr(feature = "typescript", ts(type = "string"))]
            appraisal: AppraisalId,
        },
        /// The case itself has its own journal under this id.
        #[serde(rename = "appraisal.create/1")]
        CreateAppraisal {
            #[cfg_attr(feature = "typescript", ts(type = "string"))]
            appraisal: AppraisalId,
        },
        /// Where phones reach the program; empty means: guess. Its form is checked at the edge.
        #[serde(rename = "address.set/1")]
        SetAddress { address: String },
        /// The office's own template of a paper, for all its appraisals; empty: the built-in one again. Checked at the edge.
        #[serde(rename = "template.set/1")]
        SetTemplate { paper: OfficePaper, text: String },
    }

    #[derive(Copy)]
    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum BodyReply {
        Done {},
        AccountAdded { account: u32, generation: u32 },
    }

    /// A rule's no. Nothing of the body has changed.
    #[derive(thiserror::Error)]
    #[error("{self:?}")]
    #[serde(tag = "code", rename_all = "snake_case")]
    pub enum BodyRefusal {
        NotAllowed {},
        Text { refusal: Refusal },
        NameTaken { name: String },
        NoSuchAccount {},
        LastAccount {},
        NoSuchAppraisal {},
        AppraisalExists {},
        /// A list is at its bound.
        Full { max: u32 },
        BadAddress {},
    }
}

/// A body's command with all that `apply` may know of the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyStamped {
    pub id: CommandId,
    pub actor: Actor,
    pub at: InstantMs,
    pub command: BodyCommand,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub name: String,
    /// A bearer given for another generation opens nothing.
    pub generation: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppraisalEntry {
    pub created_at: InstantMs,
    /// How often a station got a new link; none is the same as 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stations: BTreeMap<Station, u32>,
    /// How often the calendar feed got a new address, and whether the last one is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<Feed>,
}

/// The calendar feed of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    pub generation: u32,
    pub open: bool,
}

/// All state of the body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub now: InstantMs,
    pub name: String,
    pub accounts: BTreeMap<u32, Account>,
    /// The number given last: records name accounts by number, so none is used twice.
    last_account: u32,
    pub appraisals: BTreeMap<AppraisalId, AppraisalEntry>,
    /// As the desk set it; none means that it is guessed.
    pub address: Option<String>,
    /// The office's own templates; a paper without one uses the built-in.
    pub templates: BTreeMap<OfficePaper, String>,
    decided: BTreeMap<CommandId, Decided>,
}

/// What was decided for an id, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Decided {
    actor: Actor,
    verdict: Result<BodyReply, BodyRefusal>,
}

impl Body {
    /// Decides a command. The same id decides once: a repeat gets the first verdict and changes nothing.
    pub fn apply(&mut self, stamped: &BodyStamped) -> Result<BodyReply, BodyRefusal> {
        if let Some(decided) = self.decided.get(&stamped.id) {
            return if decided.actor == stamped.actor {
                decided.verdict.clone()
            } else {
                Err(BodyRefusal::NotAllowed {})
            };
        }
        self.now = self.now.max(stamped.at);
        let verdict = self.decide(stamped);
        self.decided.insert(
            stamped.id,
            Decided {
                actor: stamped.actor,
                verdict: verdict.clone(),
            },
        );
        verdict
    }

    /// Whether this id was decided before; such a command need not be journalled again.
    pub fn has_decided(&self, id: CommandId) -> bool {
        self.decided.contains_key(&id)
    }

    /// Whether the body has had all commands it may have; checked before a command is journalled.
    pub fn exhausted(&self) -> bool {
        self.decided.len() >= BODY_COMMANDS_MAX
    }

    /// The account of this name, as signing in needs it.
    pub fn account_named(&self, name: &str) -> Option<(u32, &Account)> {
        let name = name.trim();
        self.accounts
            .iter()
            .find(|(_, a)| a.name == name)
            .map(|(id, a)| (*id, a))
    }

    /// A station's link and sessions count for this generation only.
    pub fn station_generation(&self, appraisal: AppraisalId, station: Station) -> u32 {
        let entry = self.appraisals.get(&appraisal);
        entry.and_then(|e| e.stations.get(&station)).copied().unwrap_or(0)
    }

    /// The generation whose address opens the calendar feed of a case; none while it has no address.
    pub fn feed_generation(&self, appraisal: AppraisalId) -> Option<u32> {
        let feed = self.appraisals.get(&appraisal)?.feed?;
        feed.open.then_some(feed.generation)
    }

    fn feed(&mut self, appraisal: AppraisalId) -> Result<&mut Feed, BodyRefusal> {
        let entry = self.appraisals.get_mut(&appraisal);
        Ok(entry
            .ok_or(BodyRefusal::NoSuchAppraisal {})?
            .feed
            .get_or_insert_default())
    }

    fn decide(&mut self, stamped: &BodyStamped) -> Result<BodyReply, BodyRefusal> {
        if !matches!(stamped.actor, Actor::System {} | Actor::Desk { .. }) {
            return Err(BodyRefusal::NotAllowed {});
        }
        match &stamped.command {
            BodyCommand::NameBody { name } => {
                self.name = line(TextField::BodyName, name, LABEL_CHARS_MAX)?;
                Ok(BodyReply::Done {})
            }
            BodyCommand::AddAccount { name } => self.add_account(name),
            BodyCommand::RenameAccount { account, name } => self.rename_account(*account, name),
            BodyCommand::RenewAccount { account } => {
                let account = self.accounts.get_mut(account).ok_or(BodyRefusal::NoSuchAccount {})?;
                account.generation += 1;
                Ok(BodyReply::Done {})
            }
            BodyCommand::RemoveAccount { account } => self.remove_account(*account),
            BodyCommand::RenewStation { appraisal, station } => {
                let entry = self
                    .appraisals
                    .get_mut(appraisal)
                    .ok_or(BodyRefusal::NoSuchAppraisal {})?;
                *entry.stations.entry(*station).or_default() += 1;
                Ok(BodyReply::Done {})
            }
            BodyCommand::RenewFeed { appraisal } => {
                let feed = self.feed(*appraisal)?;
                (feed.generation, feed.open) = (feed.generation + 1, true);
                Ok(BodyReply::Done {})
            }
            BodyCommand::ShutFeed { appraisal } => {
                self.feed(*appraisal)?.open = false;
                Ok(BodyReply::Done {})
            }
            BodyCommand::CreateAppraisal { appraisal } => self.create_appraisal(*appraisal),
            BodyCommand::SetAddress { address } => {
                let hidden = address.chars().any(|c| c.is_control() || c.is_whitespace());
                if address.len() > ADDRESS_BYTES_MAX || hidden {
                    return Err(BodyRefusal::BadAddress {});
                }
                self.address = (!address.is_empty()).then(|| address.clone());
                Ok(BodyReply::Done {})
            }
            BodyCommand::SetTemplate { paper, text } => self.set_template(*paper, text),
        }
    }

    fn set_template(&mut self, paper: OfficePaper, text: &str) -> Result<BodyReply, BodyRefusal> {
        if text.trim().is_empty() {
            self.templates.remove(&paper);
        } else {
            let text = text.replace("\r\n", "\n").replace('\t', " ");
            let text = text::paragraph(TextField::Template, &text, TEMPLATE_CHARS_MAX)
                .map_err(|refusal| BodyRefusal::Text { refusal })?;
            self.templates.insert(paper, text);
        }
        Ok(BodyReply::Done {})
    }

    fn add_account(&mut self, name: &str) -> Result<BodyReply, BodyRefusal> {
        let name = line(TextField::Name, name, NAME_CHARS_MAX)?;
        if self.account_named(&name).is_some() {
            return Err(BodyRefusal::NameTaken { name });
        }
        if self.accounts.len() >= BODY_ACCOUNTS_MAX {
            return Err(full(BODY_ACCOUNTS_MAX));
        }
        let account = self.last_account + 1;
        self.last_account = account;
        self.accounts.insert(account, Account { name, generation: 1 });
        Ok(BodyReply::AccountAdded { account, generation: 1 })
    }

    fn rename_account(&mut self, account: u32, name: &str) -> Result<BodyReply, BodyRefusal> {
        let name = line(TextField::Name, name, NAME_CHARS_MAX)?;
        if self.account_named(&name).is_some_and(|(other, _)| other != account) {
            return Err(BodyRefusal::NameTaken { name });
        }
        let known = self.accounts.get_mut(&account).ok_or(BodyRefusal::NoSuchAccount {})?;
        known.name = name;
        Ok(BodyReply::Done {})
    }

    fn remove_account(&mut self, account: u32) -> Result<BodyReply, BodyRefusal> {
        if !self.accounts.contains_key(&account) {
            return Err(BodyRefusal::NoSuchAccount {});
        }
        if self.accounts.len() == 1 {
            return Err(BodyRefusal::LastAccount {});
        }
        self.accounts.remove(&account);
        Ok(BodyReply::Done {})
    }

    fn create_appraisal(&mut self, id: AppraisalId) -> Result<BodyReply, BodyRefusal> {
        // The body's own journal lies under the nil id.
        if id.is_nil() || self.appraisals.contains_key(&id) {
            return Err(BodyRefusal::AppraisalExists {});
        }
        if self.appraisals.len() >= BODY_APPRAISALS_MAX {
            return Err(full(BODY_APPRAISALS_MAX));
        }
        self.appraisals.insert(
            id,
            AppraisalEntry {
                created_at: self.now,
                stations: BTreeMap::new(),
                feed: None,
            },
        );
        Ok(BodyReply::Done {})
    }
}

fn line(field: TextField, text: &str, max: usize) -> Result<String, BodyRefusal> {
    text::line(field, text, max).map_err(|refusal| BodyRefusal::Text { refusal })
}

fn full(max: usize) -> BodyRefusal {
    BodyRefusal::Full {
        max: u32::try_from(max).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests;
