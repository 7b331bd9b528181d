//! A profile from its TOML file: form first, meaning after. All mistakes of form are told together; a file without
//! any is checked for meaning, and all those mistakes are told together.

use super::cursor::{Found, Part, Places, placed};
use super::fault::{FaultReason, ProfileFault};
use super::profile::*;
use super::ratio::Fraction;
use super::{built_in, wording};
use crate::ballot::{Secrecy, TallyDisplay};
use crate::limits::PROFILE_FILE_BYTES_MAX;
use crate::scrutiny::ScrutinyRule;
use std::cell::RefCell;
use toml::de::DeTable;

impl Profile {
    /// Reads and checks a profile. Of at most `PROFILE_FILE_BYTES_MAX` bytes; nothing of a faulty file is used.
    pub fn from_toml(text: &str) -> Result<Profile, Vec<ProfileFault>> {
        if text.len() > PROFILE_FILE_BYTES_MAX {
            let bytes_max = u32::try_from(PROFILE_FILE_BYTES_MAX).unwrap_or(u32::MAX);
            return Err(vec![placed(
                text,
                0,
                String::new(),
                FaultReason::FileTooLarge { bytes_max },
            )]);
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(errors.iter().map(|error| syntax(text, error)).collect());
        }
        let found = RefCell::new(Found::default());
        let whole = Part::whole(table.get_ref(), &found);
        let profile = profile(&whole);
        whole.finish();
        let Found { mut faults, places } = found.into_inner();
        faults.sort_by_key(|(at, ..)| *at);
        let faults: Vec<_> = faults
            .into_iter()
            .map(|(at, path, reason)| placed(text, at, path, reason))
            .collect();
        match profile {
            Some(profile) if faults.is_empty() => match located(&profile, text, &places) {
                faults if faults.is_empty() => Ok(profile),
                faults => Err(faults),
            },
            _ => Err(faults),
        }
    }
}

fn syntax(text: &str, error: &toml::de::Error) -> ProfileFault {
    let at = error.span().map_or(text.len(), |span| span.start);
    let reason = match error.message() {
        "duplicate key" => FaultReason::KeyTwice {},
        message => FaultReason::Syntax {
            message: message.to_owned(),
        },
    };
    placed(text, at, String::new(), reason)
}

/// Faults of meaning, each at its setting, or at the nearest table around it that the file has.
fn located(profile: &Profile, text: &str, places: &Places) -> Vec<ProfileFault> {
    let mut faults: Vec<_> = profile
        .faults()
        .into_iter()
        .map(|fault| {
            let mut path = fault.path.as_str();
            let at = loop {
                if let Some(at) = places.get(path) {
                    break Some(*at);
                }
                match path.rfind(['.', '[']) {
                    Some(end) => path = &path[..end],
                    None => break None,
                }
            };
            match at {
                Some(at) => placed(text, at, fault.path, fault.reason),
                None => fault,
            }
        })
        .collect();
    faults.sort_by_key(|f| (f.line, f.column));
    faults
}

fn profile(p: &Part<'_>) -> Option<Profile> {
    let no_grade = p.word_or("no_grade", NoGradeRule::Default);
    let source = p.part("source", |s| ProfileSource {
        rule: s.text("rule"),
        date: s.text_or("date", ""),
        note: s.text_or("note", ""),
    });
    let (roster, quorum) = (roster(p), quorum(p));
    let publication = publication(p);
    Some(Profile {
        version: p.number("version"),
        name: p.text("name"),
        title: p.text("title"),
        matter: p.word("matter", Matter::Appraisal),
        known: p.texts("known"),
        assumed: p.texts("assumed"),
        groups: groups(p),
        combine: p.word_or("combine", Combine::Pooled),
        options: p.parts("options", option),
        secrecy: p.word("secrecy", Secrecy::Secret),
        change: p.word_or("change", ChangeRule::UntilClose),
        blank: p.word("blank", BlankRule::Invalid),
        multi_mark: p.word_or("multi_mark", MultiMarkRule::Invalid),
        valid_kinds: p.words_or(
            "valid_kinds",
            vec![MarkKind::Choice, MarkKind::Abstain, MarkKind::DontKnow],
        ),
        dimensions: p.parts("dimensions", |d| Dimension {
            key: d.text("key"),
            label: d.text("label"),
            weight: d.optional_number("weight").unwrap_or(1),
        }),
        aggregate: p.word_or("aggregate", Aggregate::WeightedMean),
        criteria: p.texts("criteria"),
        grades: p.parts("grades", |g| Grade {
            key: g.text("key"),
            label: g.text("label"),
        }),
        rules: p.parts("rules", |r| GradeRule {
            grade: r.text("grade"),
            matching: r.word_or("match", Match::All),
            when: r.parts("when", comparison),
        }),
        no_grade,
        default_grade: p.optional_text("default_grade"),
        ranking: p.optional_part("ranking", |r| Ranking {
            by: r.parts("by", quantity),
            ties: r.word_or("ties", TieRule::SharePlace),
        }),
        surplus: p.word_or("surplus", SurplusRule::VoidAndRedo),
        revote: revote(p),
        tally: p.word_or("tally", TallyDisplay::Live),
        names: p.word_or("names", NamesRule::Kept),
        scrutiny: p.word_or("scrutiny", ScrutinyRule::Watch),
        consequences: p.parts("consequences", |c| Consequence {
            grade: c.text("grade"),
            kind: c.word("kind", ConsequenceKind::None),
            text: c.text_or("text", ""),
        }),
        deadlines: p.parts("deadlines", deadline),
        wording: wording_of(p, wording::usual(publication.detail, no_grade)),
        source: source?,
        roster,
        quorum: quorum?,
        publication,
        percent: percent(p)?,
    })
}

/// 组成人员 alone, unless the file says otherwise.
fn groups(p: &Part<'_>) -> Vec<ElectorateGroup> {
    let groups = p.parts("groups", |g| ElectorateGroup {
        key: g.text("key"),
        label: g.text("label"),
        weight: g.optional_number("weight").unwrap_or(1),
        counted: g.yes_or("counted", true),
        shown_from: g.optional_number("shown_from").unwrap_or(0),
    });
    if groups.is_empty() {
        vec![built_in::members_only()]
    } else {
        groups
    }
}

fn roster(p: &Part<'_>) -> RosterRule {
    let read = p.optional_part("roster", |r| RosterRule {
        base: r.word("base", RosterBase::InOffice),
        number: r.optional_number("number"),
    });
    read.unwrap_or(RosterRule {
        base: RosterBase::InOffice,
        number: None,
    })
}

fn fraction(p: &Part<'_>) -> Fraction {
    let read = p.parsed("fraction", Fraction::parse, |found| FaultReason::NotAFraction { found });
    read.unwrap_or(Fraction { num: 1, den: 2 })
}

fn quorum(p: &Part<'_>) -> Option<Quorum> {
    p.part("quorum", |q| Quorum {
        op: q.word("op", Op::Above),
        fraction: fraction(q),
        of: q.word_or("of", Base::Roster),
    })
}

fn option(o: &Part<'_>) -> ProfileOption {
    ProfileOption {
        key: o.text("key"),
        label: o.text("label"),
        kind: o.word_or("kind", MarkKind::Choice),
        score: o.optional_number("score").unwrap_or(0),
    }
}

fn quantity(q: &Part<'_>) -> Quantity {
    Quantity {
        measure: q.word_or("measure", Measure::Votes),
        options: q.texts("options"),
        of: q.word("of", Base::Roster),
        group: q.optional_text("group"),
        dimension: q.optional_text("dimension"),
    }
}

fn comparison(c: &Part<'_>) -> Comparison {
    let Quantity {
        measure,
        options,
        of,
        group,
        dimension,
    } = quantity(c);
    Comparison {
        measure,
        options,
        of,
        group,
        dimension,
        op: c.word("op", Op::Above),
        fraction: fraction(c),
    }
}

fn revote(p: &Part<'_>) -> Revote {
    let reasons = vec![RevoteReason::ReturnedOverIssued, RevoteReason::SystemFailure];
    let read = p.optional_part("revote", |r| Revote {
        reasons: r.words_or("reasons", reasons.clone()),
        rounds_max: r.optional_number("rounds_max").unwrap_or(3),
    });
    read.unwrap_or(Revote {
        reasons: reasons.clone(),
        rounds_max: 3,
    })
}

fn publication(p: &Part<'_>) -> Publication {
    let read = p.optional_part("publication", |s| Publication {
        detail: s.word_or("detail", PublishedDetail::CountsAndPercentages),
        when: s.word_or("when", PublishedWhen::OnTheSpot),
        until: s.optional_text("until"),
    });
    read.unwrap_or(Publication {
        detail: PublishedDetail::CountsAndPercentages,
        when: PublishedWhen::OnTheSpot,
        until: None,
    })
}

fn percent(p: &Part<'_>) -> Option<PercentFormat> {
    p.part("percent", |s| PercentFormat {
        of: s.word("of", Base::Returned),
        decimals: s.optional_number("decimals").unwrap_or(2),
        trim_zeros: s.yes_or("trim_zeros", true),
        omit_zero: s.word_or("omit_zero", OmitZero::None),
    })
}

fn deadline(d: &Part<'_>) -> Deadline {
    Deadline {
        item: d.word("item", DeadlineItem::RectificationPlan),
        direction: d.word_or("direction", Direction::After),
        anchor: d.word("anchor", Anchor::MeetingClosed),
        amount: d.number("amount"),
        unit: d.word("unit", DeadlineUnit::Days),
        roll: d.word_or("roll", RollRule::NextWorkingDay),
        source: d.text_or("source", ""),
    }
}

fn wording_of(p: &Part<'_>, usual: Wording) -> Wording {
    let read = p.optional_part("wording", |w| Wording {
        announcement: w.text_or("announcement", &usual.announcement),
        tally_sheet_title: w.text_or("tally_sheet_title", &usual.tally_sheet_title),
        separator: w.text_or("separator", &usual.separator),
        option_item: w.text_or("option_item", &usual.option_item),
        apart_item: w.text_or("apart_item", &usual.apart_item),
        dimension_item: w.text_or("dimension_item", &usual.dimension_item),
        group_item: w.text_or("group_item", &usual.group_item),
        result_words: w.parts("result_words", |r| ResultWord {
            grade: r.text("grade"),
            word: r.text("word"),
        }),
    });
    read.unwrap_or(usual)
}
