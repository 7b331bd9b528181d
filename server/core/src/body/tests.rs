//! The body: accounts, cases, what stations may open.

use super::*;

fn given(id: u128, command: BodyCommand) -> BodyStamped {
    BodyStamped {
        id: CommandId::from_u128(id),
        actor: Actor::System {},
        at: 1_000,
        command,
    }
}

fn add(name: &str) -> BodyCommand {
    BodyCommand::AddAccount { name: name.into() }
}

#[test]
fn a_repeat_of_an_id_counts_once_and_only_for_its_sender() {
    let mut body = Body::default();
    let first = body.apply(&given(1, add("办公室")));
    assert_eq!(
        first,
        Ok(BodyReply::AccountAdded {
            account: 1,
            generation: 1
        })
    );
    assert_eq!(body.apply(&given(1, add("办公室"))), first);
    let other = BodyStamped {
        actor: Actor::Desk { account: 1 },
        ..given(1, add("办公室"))
    };
    assert_eq!(body.apply(&other), Err(BodyRefusal::NotAllowed {}));
    assert_eq!(body.accounts.len(), 1);
}

#[test]
fn two_accounts_of_one_name_cannot_be_told_apart() {
    let mut body = Body::default();
    body.apply(&given(1, add("办公室"))).unwrap();
    assert_eq!(
        body.apply(&given(2, add(" 办公室 "))),
        Err(BodyRefusal::NameTaken {
            name: "办公室".into()
        })
    );
    assert_eq!(
        body.apply(&given(3, add("人事室"))),
        Ok(BodyReply::AccountAdded {
            account: 2,
            generation: 1
        })
    );
    assert_eq!(body.account_named(" 人事室").map(|(id, _)| id), Some(2));
}

#[test]
fn lists_have_bounds_and_texts_are_checked() {
    let mut body = Body::default();
    for n in 0..BODY_ACCOUNTS_MAX {
        body.apply(&given(n as u128, add(&format!("科室{n}")))).unwrap();
    }
    let max = BODY_ACCOUNTS_MAX as u32;
    assert_eq!(body.apply(&given(1_000, add("又一个"))), Err(BodyRefusal::Full { max }));
    let hidden = BodyCommand::NameBody {
        name: "人大\u{202E}".into(),
    };
    let refusal = Refusal::TextHidden {
        field: TextField::BodyName,
    };
    assert_eq!(body.apply(&given(1_001, hidden)), Err(BodyRefusal::Text { refusal }));
    let long = BodyCommand::SetAddress {
        address: "h".repeat(ADDRESS_BYTES_MAX + 1),
    };
    assert_eq!(body.apply(&given(1_002, long)), Err(BodyRefusal::BadAddress {}));
}

#[test]
fn an_account_is_renamed_renewed_and_removed_and_its_number_is_never_anothers() {
    let mut body = Body::default();
    body.apply(&given(1, add("办公室"))).unwrap();
    body.apply(&given(2, add("人事室"))).unwrap();
    let rename = |account, name: &str| BodyCommand::RenameAccount {
        account,
        name: name.into(),
    };
    let taken = BodyRefusal::NameTaken {
        name: "办公室".into()
    };
    assert_eq!(body.apply(&given(3, rename(2, "办公室"))), Err(taken));
    body.apply(&given(4, rename(2, " 人事室 "))).unwrap();
    body.apply(&given(5, rename(2, "选任联工委"))).unwrap();
    body.apply(&given(6, BodyCommand::RenewAccount { account: 2 })).unwrap();
    assert_eq!(
        (body.accounts[&2].name.as_str(), body.accounts[&2].generation),
        ("选任联工委", 2)
    );
    assert_eq!(body.accounts[&1].generation, 1, "another account is left alone");
    let remove = |account| BodyCommand::RemoveAccount { account };
    body.apply(&given(7, remove(2))).unwrap();
    assert_eq!(body.apply(&given(8, remove(2))), Err(BodyRefusal::NoSuchAccount {}));
    assert_eq!(body.apply(&given(9, remove(1))), Err(BodyRefusal::LastAccount {}));
    let BodyReply::AccountAdded { account, .. } = body.apply(&given(10, add("人事室"))).unwrap() else {
        panic!("an account")
    };
    assert_eq!(account, 3);
}

#[test]
fn a_stations_new_link_concerns_that_station_of_that_appraisal() {
    let mut body = Body::default();
    let [a, b] = [7, 8].map(AppraisalId::from_u128);
    body.apply(&given(1, BodyCommand::CreateAppraisal { appraisal: a }))
        .unwrap();
    let renew = |appraisal| BodyCommand::RenewStation {
        appraisal,
        station: Station::Projector,
    };
    body.apply(&given(2, renew(a))).unwrap();
    assert_eq!(body.apply(&given(3, renew(b))), Err(BodyRefusal::NoSuchAppraisal {}));
    assert_eq!(body.station_generation(a, Station::Projector), 1);
    assert_eq!(body.station_generation(a, Station::Chair), 0);
    assert_eq!(body.station_generation(b, Station::Projector), 0);
}

#[test]
fn an_appraisal_is_listed_once_and_never_under_the_bodys_own_stream() {
    let mut body = Body::default();
    let create = |appraisal| BodyCommand::CreateAppraisal { appraisal };
    let id = AppraisalId::from_u128(7);
    assert_eq!(body.apply(&given(1, create(id))), Ok(BodyReply::Done {}));
    assert_eq!(body.apply(&given(2, create(id))), Err(BodyRefusal::AppraisalExists {}));
    assert_eq!(
        body.apply(&given(3, create(AppraisalId::nil()))),
        Err(BodyRefusal::AppraisalExists {})
    );
    assert_eq!(body.appraisals[&id].created_at, 1_000);
}

#[test]
fn an_empty_address_means_guess() {
    let mut body = Body::default();
    let set = |address: &str| BodyCommand::SetAddress {
        address: address.into(),
    };
    body.apply(&given(1, set("http://10.0.0.2:8080"))).unwrap();
    assert_eq!(body.address.as_deref(), Some("http://10.0.0.2:8080"));
    body.apply(&given(2, set(""))).unwrap();
    assert_eq!(body.address, None);
}

#[test]
fn who_is_not_of_the_office_changes_nothing() {
    let mut body = Body::default();
    let door = BodyStamped {
        actor: Actor::Door {},
        ..given(1, add("办公室"))
    };
    assert_eq!(body.apply(&door), Err(BodyRefusal::NotAllowed {}));
    assert!(body.accounts.is_empty());
}
