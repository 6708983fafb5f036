//! Waivers in comments: `<!-- sro-lint: waive MOU-7 until 2027-06-30: the academy runs in May -->`.

use jiff::civil::Date;

/// What a comment says.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    /// Requirements and findings.
    pub codes: Vec<String>,
    /// The last day.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// How a waiver is written.
const FORM: &str =
    "Write it as `<!-- sro-lint: waive MOU-7 until 2027-06-30: the reason -->`; the day may be left out.";

/// Reads a comment with its marks. Nothing if it is not for sro-lint.
pub fn parse(comment: &str) -> Option<Result<Written, String>> {
    let inner = comment.trim().strip_prefix("<!--")?;
    let inner = inner.strip_suffix("-->").unwrap_or(inner).trim();
    let rest = inner.strip_prefix("sro-lint")?.trim_start().strip_prefix(':')?;
    Some(waiver(rest.trim()).map_err(|what| format!("{what} {FORM}")))
}

fn waiver(text: &str) -> Result<Written, String> {
    let Some(text) =
        text.strip_prefix("waive").filter(|t| t.is_empty() || t.starts_with(|c: char| c.is_whitespace() || c == ':'))
    else {
        return Err("This comment is for sro-lint, but it is no waiver.".to_owned());
    };
    let (head, reason) = text.split_once(':').unwrap_or((text, ""));
    let mut words = head.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty());
    let codes: Vec<String> = words.by_ref().take_while(|w| *w != "until").map(str::to_owned).collect();
    if codes.is_empty() {
        return Err("This waiver names no requirement or finding.".to_owned());
    }
    let until = match (head.split_whitespace().any(|w| w == "until"), words.next()) {
        (false, _) => None,
        (true, Some(day)) if words.next().is_none() => {
            Some(day.parse().map_err(|_| format!("“{day}” is no day of the calendar."))?)
        }
        (true, _) => return Err("After “until” stands one day.".to_owned()),
    };
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        return Err("This waiver gives no reason.".to_owned());
    }
    Ok(Written { codes, until, reason })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_waiver_has_codes_a_reason_and_if_wished_a_day() {
        let waiver = |codes: &[&str], until, reason: &str| {
            let codes = codes.iter().map(|c| (*c).to_owned()).collect();
            Some(Ok(Written { codes, until, reason: reason.to_owned() }))
        };
        assert_eq!(
            parse("<!-- sro-lint: waive MOU-7 until 2027-06-30: the academy: in\n  May -->"),
            waiver(&["MOU-7"], Some(date(2027, 6, 30)), "the academy: in May")
        );
        assert_eq!(parse("<!--sro-lint:waive MOU-7, DOC-1:see §  3-->"), waiver(&["MOU-7", "DOC-1"], None, "see § 3"));
    }

    #[test]
    fn what_is_half_written_is_said_and_other_comments_are_none_of_ours() {
        let wrong = |comment: &str| parse(comment).unwrap().unwrap_err().split(" Write").next().unwrap().to_owned();
        assert_eq!(wrong("<!-- sro-lint: waive MOU-7 -->"), "This waiver gives no reason.");
        assert_eq!(wrong("<!-- sro-lint: waive MOU-7: -->"), "This waiver gives no reason.");
        assert_eq!(wrong("<!-- sro-lint: waive: because -->"), "This waiver names no requirement or finding.");
        assert_eq!(wrong("<!-- sro-lint: waive A until 2027-02-30: x -->"), "“2027-02-30” is no day of the calendar.");
        assert_eq!(wrong("<!-- sro-lint: waive A until: x -->"), "After “until” stands one day.");
        assert_eq!(wrong("<!-- sro-lint: ignore A: x -->"), "This comment is for sro-lint, but it is no waiver.");
        assert_eq!(parse("<!-- TODO: ask counsel -->"), None);
        assert_eq!(parse("title: sro-lint: waive"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_comment_is_read(text in "\\PC*") {
            parse(&format!("<!-- sro-lint: waive {text} -->"));
            parse(&text);
        }
    }
}
