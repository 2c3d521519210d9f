//! Names as sentences: `PlaceOrder` and `view_delay` become "Place order" and "View delay".

/// The words that a name is made of, as a label.
pub(super) fn label(name: &str) -> String {
    let mut label = String::with_capacity(name.len() + 4);
    let signs: Vec<char> = name.chars().collect();
    for (index, sign) in signs.iter().enumerate() {
        let before = index.checked_sub(1).map(|it| signs[it]);
        let after = signs.get(index + 1).copied();
        let begins = sign.is_ascii_uppercase()
            && before.is_some_and(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
        let ends_capitals = sign.is_ascii_uppercase()
            && is_capital(before)
            && after.is_some_and(|it| it.is_ascii_lowercase());
        if begins || ends_capitals {
            label.push(' ');
        }
        let capital_word = sign.is_ascii_uppercase()
            && (is_capital(after) || is_capital(before))
            && !ends_capitals;
        match sign {
            '_' | '-' => label.push(' '),
            _ if label.is_empty() => label.push(sign.to_ascii_uppercase()),
            _ if capital_word => label.push(*sign),
            _ => label.push(sign.to_ascii_lowercase()),
        }
    }
    label
}

fn is_capital(sign: Option<char>) -> bool {
    sign.is_some_and(|it| it.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn names_become_words() {
        for (name, words) in [
            ("PlaceOrder", "Place order"),
            ("view_delay", "View delay"),
            ("shop-window", "Shop window"),
            ("qty", "Qty"),
            ("HTTPRequest", "HTTP request"),
            ("Order2Go", "Order2 go"),
            ("", ""),
        ] {
            assert_eq!(label(name), words);
        }
    }
}
