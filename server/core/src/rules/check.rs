//! What a profile means must hold together. Every fault is told, each with the path of its setting; the same check
//! serves a file that was read and a profile that came as JSON.

use super::fault::{FaultReason as Why, ProfileFault};
use super::profile::*;
use super::ratio::Fraction;
use super::{logic, sources, wording};
use crate::limits as l;
use crate::refusal::{Refusal, TextField};
use crate::text;
use std::collections::BTreeSet;

impl Profile {
    /// Everything that is wrong with the meaning of this profile; none for a profile that may be used.
    pub fn faults(&self) -> Vec<ProfileFault> {
        let mut check = Check {
            profile: self,
            faults: Vec::new(),
        };
        check.size();
        check.head();
        check.electorate();
        check.ballot();
        check.grading();
        check.after();
        check.wording();
        for (path, why) in logic::faults(self).into_iter().chain(sources::faults(self)) {
            check.add(&path, why);
        }
        check.faults
    }
}

struct Check<'a> {
    profile: &'a Profile,
    faults: Vec<ProfileFault>,
}

impl Check<'_> {
    /// A file with many short lines says more than its own length.
    fn size(&mut self) {
        let bytes = serde_json::to_vec(self.profile).map_or(usize::MAX, |json| json.len());
        let bytes_max = u32::try_from(l::PROFILE_BYTES_MAX).unwrap_or(u32::MAX);
        self.add_if(bytes > l::PROFILE_BYTES_MAX, "", Why::FileTooLarge { bytes_max });
    }

    fn add(&mut self, path: &str, reason: Why) {
        self.faults.push(ProfileFault {
            line: None,
            column: None,
            path: path.to_owned(),
            reason,
        });
    }

    fn add_if(&mut self, wrong: bool, path: &str, reason: Why) {
        if wrong {
            self.add(path, reason);
        }
    }

    fn text_of(&mut self, path: &str, read: Result<String, Refusal>) {
        let why = match read {
            Ok(_) => return,
            Err(Refusal::TextTooLong { chars_max, .. }) => Why::TextTooLong { chars_max },
            Err(Refusal::TextHidden { .. }) => Why::TextHidden {},
            Err(_) => Why::TextMissing {},
        };
        self.add(path, why);
    }

    fn line(&mut self, path: &str, of: &str) {
        self.text_of(path, text::line(TextField::Title, of, l::LABEL_CHARS_MAX));
    }

    fn optional_line(&mut self, path: &str, of: &str) {
        self.text_of(path, text::optional_line(TextField::Title, of, l::LABEL_CHARS_MAX));
    }

    fn long(&mut self, path: &str, of: &str) {
        self.text_of(path, text::paragraph(TextField::Title, of, l::PROFILE_TEXT_CHARS_MAX));
    }

    fn key(&mut self, path: &str, key: &str) {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let wrong = key.is_empty() || key.len() > l::PROFILE_KEY_CHARS_MAX || !key.bytes().all(plain);
        let chars_max = small(l::PROFILE_KEY_CHARS_MAX);
        self.add_if(wrong, path, Why::BadKey { chars_max });
    }

    fn count(&mut self, path: &str, found: usize, max: usize) {
        self.add_if(found > max, path, Why::TooMany { max: small(max) });
    }

    fn range(&mut self, path: &str, found: u32, min: u32, max: u32) {
        let within = (min..=max).contains(&found);
        self.add_if(!within, path, Why::OutOfRange { found, min, max });
    }

    /// Keys and labels of a list: their form, and no key twice.
    fn keyed<'b>(&mut self, list: &str, max: usize, entries: impl Iterator<Item = (&'b str, &'b str)>) {
        let mut seen = BTreeSet::new();
        let mut found = 0;
        for (n, (key, label)) in entries.enumerate() {
            let path = format!("{list}[{n}].key");
            self.key(&path, key);
            self.add_if(!seen.insert(key), &path, Why::DuplicateKey { key: key.to_owned() });
            self.line(&format!("{list}[{n}].label"), label);
            found = n + 1;
        }
        self.count(list, found, max);
    }

    /// A setting that is there exactly if `with` asks for it.
    fn goes_with(&mut self, path: &str, there: bool, wanted: bool, with: &str) {
        let with = with.to_owned();
        match (there, wanted) {
            (true, false) => self.add(path, Why::Unused { with }),
            (false, true) => self.add(path, Why::NeededWith { with }),
            _ => {}
        }
    }

    fn head(&mut self) {
        let p = self.profile;
        let unknown = p.version != PROFILE_VERSION;
        let why = Why::UnknownVersion {
            found: p.version,
            known: PROFILE_VERSION,
        };
        self.add_if(unknown, "version", why);
        self.key("name", &p.name);
        self.line("title", &p.title);
        if let Some(barred) = p.matter.barred() {
            let law = barred.to_string();
            self.add("matter", Why::MatterBarred { law });
        }
        self.line("source.rule", &p.source.rule);
        self.optional_line("source.date", &p.source.date);
        if !p.source.note.is_empty() {
            self.long("source.note", &p.source.note);
        }
    }

    fn electorate(&mut self) {
        let p = self.profile;
        let named = p.groups.iter().map(|g| (g.key.as_str(), g.label.as_str()));
        self.keyed("groups", l::PROFILE_GROUPS_MAX, named);
        for (n, group) in p.groups.iter().enumerate() {
            self.range(&format!("groups[{n}].weight"), group.weight, 0, l::PROFILE_WEIGHT_MAX);
            let min = l::GROUP_SHOWN_FROM_MIN;
            let small = group.shown_from != 0 && group.shown_from < min;
            let path = format!("groups[{n}].shown_from");
            self.add_if(small, &path, Why::GroupTooSmall { min });
            self.range(&path, group.shown_from, 0, l::PAPERS_MAX);
        }
        let counted = || p.groups.iter().filter(|g| g.counted);
        let nobody = counted().next().is_none();
        self.add_if(nobody, "groups", Why::NobodyCounts {});
        let weightless = !nobody && counted().all(|g| g.weight == 0);
        self.add_if(weightless, "groups", Why::NoWeight {});
        let quota = p.roster.base == RosterBase::Quota;
        self.goes_with(
            "roster.number",
            p.roster.number.is_some(),
            quota,
            "roster.base = \"quota\"",
        );
        if let Some(number) = p.roster.number {
            self.range("roster.number", number, 1, small(l::PERSONS_MAX));
        }
        self.fraction("quorum.fraction", p.quorum.fraction, Measure::Votes);
        let of = p.quorum.of;
        self.add_if(of != Base::Roster, "quorum.of", Why::QuorumBase { of });
    }

    fn ballot(&mut self) {
        let p = self.profile;
        let named = p.options.iter().map(|o| (o.key.as_str(), o.label.as_str()));
        self.keyed("options", l::PROFILE_OPTIONS_MAX, named);
        for (n, option) in p.options.iter().enumerate() {
            self.range(&format!("options[{n}].score"), option.score, 0, l::PROFILE_SCORE_MAX);
        }
        let has = |kind| p.options.iter().any(|o| o.kind == kind);
        self.add_if(!has(MarkKind::Choice), "options", Why::NoChoice {});
        let no_abstention = p.blank == BlankRule::Abstain && !has(MarkKind::Abstain);
        self.add_if(no_abstention, "blank", Why::BlankWithoutAbstain {});
        let no_choice = !p.valid_kinds.contains(&MarkKind::Choice);
        self.add_if(no_choice, "valid_kinds", Why::ChoiceNotValid {});
        self.count("valid_kinds", p.valid_kinds.len(), 3);
        let named = p.dimensions.iter().map(|d| (d.key.as_str(), d.label.as_str()));
        self.keyed("dimensions", l::PROFILE_DIMENSIONS_MAX, named);
        for (n, dimension) in p.dimensions.iter().enumerate() {
            let path = format!("dimensions[{n}].weight");
            self.range(&path, dimension.weight, 0, l::PROFILE_WEIGHT_MAX);
        }
        let weightless = !p.dimensions.is_empty() && p.dimensions.iter().all(|d| d.weight == 0);
        self.add_if(weightless, "dimensions", Why::NoWeight {});
        self.count("criteria", p.criteria.len(), l::PROFILE_CRITERIA_MAX);
        for (n, criterion) in p.criteria.iter().enumerate() {
            self.line(&format!("criteria[{n}]"), criterion);
        }
        let both = !p.criteria.is_empty() && !p.dimensions.is_empty();
        let with = "dimensions".to_owned();
        self.add_if(both, "criteria", Why::Unused { with });
        let scored = p.options.iter().any(|o| o.score > 0);
        let uneven = scored && self.uneven(p.percent.of, None);
        self.add_if(uneven, "percent.of", Why::UnevenBase {});
    }

    fn grading(&mut self) {
        let p = self.profile;
        let named = p.grades.iter().map(|g| (g.key.as_str(), g.label.as_str()));
        self.keyed("grades", l::PROFILE_GRADES_MAX, named);
        let graded = p.no_grade != NoGradeRule::NotGraded;
        let with = "no_grade = \"not_graded\"";
        if graded {
            self.goes_with("rules", !p.rules.is_empty(), true, "grades");
        } else {
            self.goes_with("rules", !p.rules.is_empty(), false, with);
            self.goes_with("grades", !p.grades.is_empty(), false, with);
        }
        let default = p.no_grade == NoGradeRule::Default;
        self.goes_with(
            "default_grade",
            p.default_grade.is_some(),
            default,
            "no_grade = \"default\"",
        );
        if let Some(key) = &p.default_grade {
            self.grade("default_grade", key);
        }
        self.count("rules", p.rules.len(), l::PROFILE_RULES_MAX);
        for (n, rule) in p.rules.iter().enumerate() {
            self.grade(&format!("rules[{n}].grade"), &rule.grade);
            let path = format!("rules[{n}].when");
            self.add_if(rule.when.is_empty(), &path, Why::NothingCompared {});
            self.count(&path, rule.when.len(), l::PROFILE_COMPARISONS_MAX);
            for (n, comparison) in rule.when.iter().enumerate() {
                let path = format!("{path}[{n}]");
                self.quantity(&path, &comparison.quantity());
                self.fraction(&format!("{path}.fraction"), comparison.fraction, comparison.measure);
            }
        }
        if let Some(ranking) = &p.ranking {
            self.add_if(ranking.by.is_empty(), "ranking.by", Why::NothingCompared {});
            self.count("ranking.by", ranking.by.len(), l::PROFILE_COMPARISONS_MAX);
            for (n, quantity) in ranking.by.iter().enumerate() {
                self.quantity(&format!("ranking.by[{n}]"), quantity);
            }
        }
    }

    fn grade(&mut self, path: &str, key: &str) {
        let unknown = self.profile.grade(key).is_none();
        self.add_if(unknown, path, Why::UnknownGrade { key: key.to_owned() });
    }

    fn quantity(&mut self, path: &str, quantity: &Quantity) {
        let p = self.profile;
        match quantity.measure {
            Measure::Votes => self.add_if(quantity.options.is_empty(), path, Why::NothingCompared {}),
            Measure::Score => self.add_if(!quantity.options.is_empty(), path, Why::ScoreWithOptions {}),
        }
        let mut seen = BTreeSet::new();
        for (n, key) in quantity.options.iter().enumerate() {
            let path = format!("{path}.options[{n}]");
            let key = || key.clone();
            self.add_if(p.option(&key()).is_none(), &path, Why::UnknownOption { key: key() });
            self.add_if(!seen.insert(key()), &path, Why::DuplicateKey { key: key() });
        }
        if let Some(key) = quantity.group.clone() {
            let unknown = !p.groups.iter().any(|g| g.key == key);
            self.add_if(unknown, &format!("{path}.group"), Why::UnknownGroup { key });
        }
        if let Some(key) = quantity.dimension.clone() {
            let unknown = !p.dimensions.iter().any(|d| d.key == key);
            self.add_if(unknown, &format!("{path}.dimension"), Why::UnknownDimension { key });
        }
        let uneven = self.uneven(quantity.of, quantity.dimension.as_deref());
        self.add_if(uneven, &format!("{path}.of"), Why::UnevenBase {});
    }

    fn uneven(&self, of: Base, dimension: Option<&str>) -> bool {
        let p = self.profile;
        let apart = p.options.iter().any(|o| !p.valid_kinds.contains(&o.kind));
        let averaged = p.combine == Combine::WeightedShares && !p.dimensions.is_empty() && dimension.is_none();
        averaged && of == Base::Valid && apart
    }

    fn fraction(&mut self, path: &str, fraction: Fraction, measure: Measure) {
        if fraction.den == 0 {
            return self.add(path, Why::ZeroDenominator {});
        }
        self.range(path, fraction.den, 1, l::PROFILE_DENOMINATOR_MAX);
        match measure {
            Measure::Votes => self.add_if(fraction.num > fraction.den, path, Why::AboveOne {}),
            Measure::Score => {
                // A sum of items' scores may be as large as all weights times the largest score.
                let max = l::PROFILE_SCORE_MAX * l::PROFILE_DENOMINATOR_MAX;
                self.range(path, fraction.num, 0, max);
            }
        }
    }

    fn after(&mut self) {
        let p = self.profile;
        self.range("revote.rounds_max", p.revote.rounds_max, 1, l::ROUNDS_MAX);
        self.count("revote.reasons", p.revote.reasons.len(), 5);
        let sealed = p.publication.when == PublishedWhen::SealedUntil;
        let with = "when = \"sealed_until\"";
        self.goes_with("publication.until", p.publication.until.is_some(), sealed, with);
        if let Some(until) = &p.publication.until {
            self.line("publication.until", until);
        }
        self.range("percent.decimals", p.percent.decimals, 0, 4);
        let mut seen = BTreeSet::new();
        for (n, consequence) in p.consequences.iter().enumerate() {
            let path = format!("consequences[{n}]");
            let key = &consequence.grade;
            self.grade(&format!("{path}.grade"), key);
            let twice = !seen.insert(key);
            self.add_if(twice, &format!("{path}.grade"), Why::DuplicateKey { key: key.clone() });
            if !consequence.text.is_empty() {
                self.long(&format!("{path}.text"), &consequence.text);
            }
        }
        let mut seen = BTreeSet::new();
        self.count("deadlines", p.deadlines.len(), l::PROFILE_LIST_MAX);
        for (n, deadline) in p.deadlines.iter().enumerate() {
            let path = format!("deadlines[{n}]");
            let max = match deadline.unit {
                DeadlineUnit::Days | DeadlineUnit::WorkingDays => l::DEADLINE_AMOUNT_MAX,
                DeadlineUnit::Months => l::TERM_MONTHS_MAX,
            };
            self.range(&format!("{path}.amount"), deadline.amount, 1, max);
            let key = format!("{:?}", deadline.item);
            let twice = !seen.insert(deadline.item);
            self.add_if(twice, &format!("{path}.item"), Why::DuplicateKey { key });
            self.optional_line(&format!("{path}.source"), &deadline.source);
        }
    }

    fn wording(&mut self) {
        let w = &self.profile.wording;
        for (key, template) in [
            ("announcement", &w.announcement),
            ("tally_sheet_title", &w.tally_sheet_title),
            ("option_item", &w.option_item),
            ("apart_item", &w.apart_item),
            ("dimension_item", &w.dimension_item),
            ("group_item", &w.group_item),
        ] {
            self.long(&format!("wording.{key}"), template);
        }
        self.line("wording.separator", &w.separator);
        for (key, why) in wording::faults(self.profile) {
            self.add(&format!("wording.{key}"), why);
        }
        let mut seen = BTreeSet::new();
        for (n, word) in w.result_words.iter().enumerate() {
            let path = format!("wording.result_words[{n}]");
            let key = &word.grade;
            self.grade(&format!("{path}.grade"), key);
            let twice = !seen.insert(key);
            self.add_if(twice, &format!("{path}.grade"), Why::DuplicateKey { key: key.clone() });
            self.line(&format!("{path}.word"), &word.word);
        }
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
