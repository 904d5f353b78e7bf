// SPDX-License-Identifier: GPL-2.0-only
//! A Rust type's name as C and Rust write other names.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

/// `SetLimits` as `set_limits`, for functions and C's structs.
pub fn snake(ident: &Ident) -> String {
    let name: Vec<char> = ident.unraw().to_string().chars().collect();
    let mut snake = String::new();
    for (index, letter) in name.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| name[before]);
        let starts_word = letter.is_uppercase()
            && before.is_some_and(|before| {
                let before_word = name.get(index + 1).is_some_and(|next| next.is_lowercase());
                before.is_lowercase() || before.is_numeric() || before.is_uppercase() && before_word
            });
        if starts_word {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// `SetLimits` as `SET_LIMITS`, for constants.
pub fn screaming(ident: &Ident) -> String {
    snake(ident).to_uppercase()
}

/// A name as it is, without `r#`.
pub fn raw(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// An identifier, raw if it is a keyword.
pub fn identifier(name: &str, span: Span) -> Ident {
    match syn::parse_str::<Ident>(name) {
        Ok(_) => Ident::new(name, span),
        Err(_) if ["self", "super", "crate", "_"].contains(&name) => {
            Ident::new(&format!("{name}_"), span)
        }
        Err(_) => Ident::new_raw(name, span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found() {
        for (rust, c) in [
            ("Draw", "draw"),
            ("SetLimits", "set_limits"),
            ("GetID", "get_id"),
            ("IDOfUser", "id_of_user"),
            ("V2Info", "v2_info"),
            ("Set_Limits", "set_limits"),
            ("r#Move", "move"),
        ] {
            let ident = syn::parse_str::<Ident>(rust).expect("it is an identifier");
            assert_eq!(snake(&ident), c);
            assert_eq!(screaming(&ident), c.to_uppercase());
        }
        assert_eq!(identifier("move", Span::call_site()).to_string(), "r#move");
        assert_eq!(identifier("self", Span::call_site()).to_string(), "self_");
    }
}
