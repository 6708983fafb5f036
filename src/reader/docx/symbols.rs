//! Characters of symbol fonts (`w:sym`) as Unicode.

const SYMBOL_UPPER: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SYMBOL_LOWER: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

/// The character that a symbol font shows at a code. A sign that has no known equal is shown as a bullet, so
/// that it is not lost without a trace.
pub(super) fn symbol(font: &str, code: u32) -> char {
    // Word stores the codes of symbol fonts in a private area.
    let place = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let known = match font {
        "Symbol" => {
            greek(place).or_else(|| mathematical(place)).or_else(|| char::from_u32(place).filter(char::is_ascii))
        }
        "Wingdings" => wingdings(place),
        "Wingdings 2" => wingdings2(place),
        _ if place == code => char::from_u32(code),
        _ => None,
    };
    known.filter(|c| !c.is_control()).unwrap_or('•')
}

fn greek(place: u32) -> Option<char> {
    match char::from_u32(place)? {
        c @ 'A'..='Z' => SYMBOL_UPPER.chars().nth(c as usize - 'A' as usize),
        c @ 'a'..='z' => SYMBOL_LOWER.chars().nth(c as usize - 'a' as usize),
        _ => None,
    }
}

fn mathematical(place: u32) -> Option<char> {
    Some(match place {
        0x2d => '−',
        0xa2 => '′',
        0xa3 => '≤',
        0xa4 => '⁄',
        0xa5 => '∞',
        0xab => '↔',
        0xac => '←',
        0xae => '→',
        0xb0 => '°',
        0xb1 => '±',
        0xb2 => '″',
        0xb3 => '≥',
        0xb4 => '×',
        0xb7 => '•',
        0xb8 => '÷',
        0xb9 => '≠',
        0xba => '≡',
        0xbb => '≈',
        0xbc => '…',
        0xc7 => '∩',
        0xc8 => '∪',
        0xce => '∈',
        0xd2 | 0xe2 => '®',
        0xd3 | 0xe3 => '©',
        0xd4 | 0xe4 => '™',
        0xd6 => '√',
        0xde => '⇒',
        0xe5 => '∑',
        _ => return None,
    })
}

fn wingdings(place: u32) -> Option<char> {
    Some(match place {
        0x20 => ' ',
        0x28 | 0x29 => '☎',
        0x2a => '✉',
        0x46 => '☞',
        0x6c => '●',
        0x6e => '■',
        0x6f | 0x71 | 0x72 | 0xa8 => '☐',
        0x76 => '❖',
        0xa1 => '○',
        0xa7 => '▪',
        0xab => '★',
        0xd8 => '➢',
        0xdf => '←',
        0xe0 | 0xe8 => '→',
        0xf0 => '⇨',
        0xfb => '✗',
        0xfc => '✓',
        0xfd => '☒',
        0xfe => '☑',
        _ => return None,
    })
}

fn wingdings2(place: u32) -> Option<char> {
    Some(match place {
        0x4f => '✗',
        0x50 => '✓',
        0x51 | 0x53 => '☒',
        0x52 => '☑',
        0x2a | 0xa3 => '☐',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbol_fonts_become_unicode() {
        assert_eq!(symbol("Wingdings", 0xf0a8), '☐');
        assert_eq!(symbol("Symbol", 0xf061), 'α');
        assert_eq!(symbol("Symbol", 0xf0b7), '•');
        assert_eq!(symbol("Arial", 0xa7), '§');
        assert_eq!(symbol("Webdings", 0xf0ff), '•');
    }
}
