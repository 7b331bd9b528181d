//! Results that were really announced, and today's rule of the ballots.

use super::{built_in, evaluated, grade, percents};
use crate::rules::profile::NoGradeRule;
use crate::rules::verdict::{GradeReached, evaluate};
use crate::rules::wording::{Occasion, announcement, tally_sheet_title};
use crate::rules::{Figures, Identity, Remedy};

const OCCASION: Occasion<'_> = Occasion {
    body: "某区人大常委会",
    meeting: "第十次会议",
    subject: "张三同志",
};

#[test]
fn percentages_of_28_ballots_are_those_of_the_public_notice() {
    for (votes, printed) in [
        ([25, 3, 0], ["89.29", "10.71", "0"]),
        ([20, 8, 0], ["71.43", "28.57", "0"]),
        ([20, 7, 1], ["71.43", "25", "3.57"]),
        ([26, 2, 0], ["92.86", "7.14", "0"]),
        ([23, 5, 0], ["82.14", "17.86", "0"]),
    ] {
        let verdict = evaluated(&built_in("zhanyi_2019"), &Figures::single(28, 28, 28, 28, 0, &votes));
        assert_eq!(percents(&verdict), printed);
        assert_eq!(
            verdict.grade,
            GradeReached::NoGrade {
                rule: NoGradeRule::NotGraded
            },
            "沾益 published no grade"
        );
    }
}

#[test]
fn zhanyis_announcement_is_worded_as_its_notice_was() {
    let profile = built_in("zhanyi_2019");
    let verdict = evaluated(&profile, &Figures::single(28, 28, 28, 28, 0, &[20, 7, 1]));
    assert_eq!(
        announcement(&profile, &verdict, &OCCASION),
        "测评情况：发出测评表28张，收回28张，满意票20票，满意率71.43%，基本满意票7票，基本满意率25%，不满意票1票，不满意率3.57%。"
    );
    let verdict = evaluated(&profile, &Figures::single(28, 28, 28, 28, 0, &[25, 3, 0]));
    assert_eq!(
        announcement(&profile, &verdict, &OCCASION),
        "测评情况：发出测评表28张，收回28张，满意票25票，满意率89.29%，基本满意票3票，基本满意率10.71%。",
        "an option without a vote is left out"
    );
}

#[test]
fn the_usual_announcement_says_accounts_options_and_grade() {
    let said = "对张三同志的测评：应到28人，实到28人，发出测评票28张，收回28张，其中有效票28张，无效票0张。满意20票，占71.43%；基本满意7票，占25%；不满意1票，占3.57%；测评等次：满意。";
    for (name, votes) in [
        ("seed_satisfaction", vec![20, 7, 1]),
        ("satisfaction", vec![20, 7, 1, 0]),
    ] {
        let profile = built_in(name);
        let verdict = evaluated(&profile, &Figures::single(28, 28, 28, 28, 0, &votes));
        assert_eq!(announcement(&profile, &verdict, &OCCASION), said, "{name}");
        assert_eq!(
            tally_sheet_title(&profile, &OCCASION),
            "某区人大常委会第十次会议对张三同志述职测评计票结果报告单"
        );
    }
    let profile = built_in("satisfaction");
    let verdict = evaluated(&profile, &Figures::single(28, 28, 28, 28, 0, &[20, 6, 0, 2]));
    let text = announcement(&profile, &verdict, &OCCASION);
    assert!(
        text.contains("不满意0票，占0%；弃权2票，占7.14%；测评等次：满意。"),
        "{text}"
    );
}

#[test]
fn no_appraisal_is_passed_or_rejected_unless_its_locality_says_so() {
    for (name, _) in crate::rules::built_in::BUILT_IN {
        let worded = matches!(*name, "shiquan_rectification" | "formal_vote");
        assert_eq!(built_in(name).canonical_json().contains("通过\""), worded, "{name}");
    }
}

#[test]
fn shanxi_2011_was_wholly_satisfied() {
    let profile = built_in("shanxi_2011");
    let verdict = evaluated(&profile, &Figures::single(65, 61, 61, 61, 0, &[59, 2, 0]));
    assert_eq!(grade(&verdict), "overall_satisfied");
    assert_eq!(percents(&verdict), ["96.72", "3.28", "0"]);
    let half = evaluated(&profile, &Figures::single(60, 60, 60, 60, 0, &[30, 0, 30]));
    assert_eq!(grade(&half), "dissatisfied", "半数以上 includes the half");
}

#[test]
fn dawu_2005_was_competent_by_all_46() {
    let profile = built_in("dawu_2005");
    let verdict = evaluated(&profile, &Figures::single(46, 46, 46, 46, 0, &[46, 0, 0]));
    assert_eq!(
        (grade(&verdict), percents(&verdict)),
        ("competent", vec!["100", "0", "0"])
    );
    let at = |votes: &[u32]| grade(&evaluated(&profile, &Figures::single(50, 50, 50, 50, 0, votes))).to_owned();
    assert_eq!(at(&[40, 10, 0]), "competent", "exactly 80%");
    assert_eq!(at(&[39, 11, 0]), "basically_competent");
    assert_eq!(at(&[25, 25, 0]), "basically_competent", "exactly 50%");
    assert_eq!(at(&[24, 26, 0]), "incompetent");
}

/// 1990: 2,486 in favour, 5 against, 28 abstained and 90 not pressed of 2,609; 2013: 2,887, 15, 5 and 3 of 2,910.
#[test]
fn the_npc_counts_what_is_not_pressed_apart() {
    let profile = built_in("formal_vote");
    for (people, votes, unpressed, said) in [
        (2_609, [2_486, 5, 28], 90, "赞成2486票，反对5票，弃权28票。通过。"),
        (2_910, [2_887, 15, 5], 3, "赞成2887票，反对15票，弃权5票。通过。"),
    ] {
        // Not pressed is a blank if the device hands it in, and not cast if it does not: the same result.
        let mut handed_in = Figures::single(people, people, people, people, 0, &votes);
        handed_in.groups[0].blank = unpressed;
        let silent = Figures::single(people, people, people, people - unpressed, 0, &votes);
        let verdict = evaluated(&profile, &handed_in);
        assert_eq!(verdict, evaluated(&profile, &silent));
        assert_eq!((grade(&verdict), verdict.accounts.not_cast), ("adopted", unpressed));
        assert_eq!(announcement(&profile, &verdict, &OCCASION), said);
    }
    let lost = evaluated(
        &profile,
        &Figures::single(3_000, 2_000, 2_000, 1_600, 0, &[1_500, 60, 40]),
    );
    assert_eq!(grade(&lost), "rejected", "half of all members is no majority");
    assert_eq!(lost.reasons[0].tried[0].right, "1500");
}

/// Every count of bodies up to 14, by hand: more than half of all members satisfied, else more than half dissatisfied,
/// else basically satisfied.
#[test]
fn satisfaction_is_decided_by_more_than_half_of_all_members() {
    let profile = built_in("satisfaction");
    for roster in 1..=14_u32 {
        let least = roster / 2 + 1;
        for returned in 0..=roster {
            super::compositions(returned, 4, &mut |votes| {
                let present = returned.max(least);
                let verdict = evaluated(&profile, &Figures::single(roster, present, present, returned, 0, votes));
                let right = match votes {
                    [satisfied, ..] if satisfied * 2 > roster => "satisfied",
                    [_, _, dissatisfied, _] if dissatisfied * 2 > roster => "dissatisfied",
                    _ => "basically_satisfied",
                };
                assert_eq!(grade(&verdict), right, "{votes:?} of {roster}");
            });
        }
    }
}

#[test]
fn more_papers_than_were_issued_void_the_round() {
    let figures = Figures::single(30, 28, 28, 29, 0, &[20, 8, 1]);
    let found = evaluate(&built_in("seed_satisfaction"), &figures);
    assert_eq!(
        found,
        Err(Identity::ReturnedOverIssued {
            group: "members".into(),
            returned: 29,
            issued: 28,
            remedy: Remedy::VoidAndRedo,
        })
    );
}

#[test]
fn a_blank_paper_is_what_the_locality_says() {
    let mut figures = Figures::single(30, 28, 28, 28, 1, &[20, 5, 1]);
    figures.groups[0].blank = 1;
    let verdict = evaluated(&built_in("shenzhen_2011"), &figures);
    assert_eq!(
        (verdict.accounts.valid, verdict.accounts.invalid),
        (26, 2),
        "invalid in 深圳"
    );
    assert_eq!(percents(&verdict), ["76.92", "19.23", "3.85"], "and out of the base");
    figures.groups[0].votes = vec![vec![20, 5, 1, 0]];
    let verdict = evaluated(&built_in("cppcc_county"), &figures);
    assert_eq!(
        (verdict.accounts.valid, verdict.accounts.invalid),
        (27, 1),
        "an abstention in the county's 政协"
    );
    assert_eq!(verdict.dimensions[0].options[3].votes, 1);
}

/// docs/rules.md shows a file that can be read.
#[test]
fn the_documents_example_is_read_without_a_fault() {
    let document = include_str!("../../../../../docs/rules.md");
    let example = document
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let profile = crate::rules::Profile::from_toml(example.unwrap()).unwrap();
    assert_eq!(profile.unconfirmed(&profile.assumed), Vec::<String>::new());
}
