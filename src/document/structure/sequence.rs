//! Numbers in their order: what a number is follows from the one before it.

use super::number::Style;
use super::view::View;
use std::collections::HashMap;

/// Reads `I.` after `H.` as a letter, and says which markers belong to a sequence.
pub(super) fn resolve(views: &mut [View], open: impl Fn(usize) -> bool) -> Vec<bool> {
    letters_or_numbers(views, &open);
    let mut member = vec![false; views.len()];
    // For every style the last member and a first one that waits for its second.
    let mut last: HashMap<Style, u32> = HashMap::new();
    let mut waiting: HashMap<Style, usize> = HashMap::new();
    for (i, view) in views.iter().enumerate().filter(|(i, _)| open(*i)) {
        let Some(marker) = &view.marker else { continue };
        let sure = matches!(marker.style, Style::Bullet(_) | Style::Decimal(2..)) || view.title_at == 0;
        // One or two numbers may be lost or misread.
        let follows = last.get(&marker.style).is_some_and(|n| (n + 1..=n + 3).contains(&marker.ordinal));
        if sure || follows {
            member[i] = true;
            last.insert(marker.style, marker.ordinal);
        } else if marker.ordinal == 1 {
            waiting.insert(marker.style, i);
            continue;
        }
        if marker.ordinal == 2
            && let Some(first) = waiting.remove(&marker.style)
        {
            member[first] = true;
            member[i] = true;
            last.insert(marker.style, 2);
        }
    }
    member
}

fn letters_or_numbers(views: &mut [View], open: &impl Fn(usize) -> bool) {
    let mut last: HashMap<Style, u32> = HashMap::new();
    for (_, view) in views.iter_mut().enumerate().filter(|(i, _)| open(*i)) {
        let Some(marker) = &mut view.marker else { continue };
        if let Some((style, ordinal)) = marker.other
            && ordinal > 1
            && last.get(&style) == Some(&(ordinal - 1))
            && last.get(&marker.style).is_none_or(|n| n + 1 != marker.ordinal)
        {
            (marker.style, marker.ordinal) = (style, ordinal);
        }
        last.insert(marker.style, marker.ordinal);
    }
}
