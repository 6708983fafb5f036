use crate::render::OutputFormat;
use crate::render::sample::{agreement, clean, hostile, options, other, render};
use std::collections::HashSet;

fn page() -> String {
    render(OutputFormat::Html, options(), &[agreement(), hostile(), clean(), other()])
}

fn values<'p>(page: &'p str, before: &str) -> Vec<&'p str> {
    page.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_leads_to_one_place_on_the_page() {
    let page = page();
    let ids = values(&page, " id=\"");
    let set: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), set.len(), "no id twice");
    let links = values(&page, "href=\"");
    assert!(links.len() > 20);
    for link in links {
        assert!(link.strip_prefix('#').is_some_and(|id| set.contains(id)), "{link} leads nowhere");
    }
}

#[test]
fn words_of_a_document_never_act() {
    let page = page();
    assert!(!page.contains("<script") && !page.contains('\u{1b}') && !page.contains('\u{202e}'));
    assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
    assert!(!page.contains("src=") && !page.contains("url("), "nothing is fetched");
}

#[test]
fn the_summary_says_how_the_document_stands() {
    let page = page();
    assert!(page.contains("1 of 4 requirements are met; 1 partly met, 1 missing, 1 contradicted."), "{page}");
    assert!(page.contains("<mark class=\"error\">hand out detention</mark>"));
    assert!(page.contains("<mark class=\"met\">so that students</mark>"));
}
