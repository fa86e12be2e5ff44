//! What the style promises: it turns with the writing direction, and everyone can read it, in both themes.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// Every style sheet with its text, comments taken out.
    fn sheets() -> Vec<(PathBuf, String)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
        let folders = [root.clone(), root.join("components"), root.join("exhibits")];
        let files = folders
            .iter()
            .flat_map(|folder| fs::read_dir(folder).unwrap());
        let sheets: Vec<_> = files
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
            .map(|path| {
                (
                    path.clone(),
                    without_comments(&fs::read_to_string(path).unwrap()),
                )
            })
            .collect();
        assert!(
            sheets.len() > 20,
            "the style sheets are not where this test looks for them"
        );
        sheets
    }

    fn without_comments(text: &str) -> String {
        let mut rest = text.split("/*");
        let first = rest.next().unwrap().to_owned();
        rest.fold(first, |kept, piece| {
            kept + piece.split_once("*/").unwrap().1
        })
    }

    /// `property: value` of each declaration.
    fn declarations(sheet: &str) -> impl Iterator<Item = (&str, &str)> {
        sheet
            .split([';', '{', '}'])
            .filter_map(|piece| piece.trim().split_once(':'))
            .map(|(property, value)| (property.trim(), value.trim()))
            // Not the selectors with a colon in them.
            .filter(|(property, _)| {
                !property.is_empty()
                    && property
                        .bytes()
                        .all(|c| c.is_ascii_lowercase() || b"-1".contains(&c))
            })
    }

    #[test]
    fn nothing_hangs_on_left_and_right() {
        for (path, sheet) in sheets() {
            for (property, value) in declarations(&sheet) {
                let mut words = property
                    .split('-')
                    .chain(value.split([' ', ',']))
                    .map(|word| word.trim_matches(['(', ')']));
                let physical = words.find(|word| ["left", "right", "top", "bottom"].contains(word));
                assert_eq!(physical, None, "{}: {property}: {value}", path.display());
                let sized = [
                    "width",
                    "height",
                    "min-width",
                    "min-height",
                    "max-width",
                    "max-height",
                ]
                .contains(&property);
                assert!(!sized, "{}: {property}: {value}", path.display());
            }
        }
    }

    #[test]
    fn colors_are_named_in_one_place() {
        for (path, sheet) in sheets()
            .into_iter()
            .filter(|(path, _)| !path.ends_with("tokens.css"))
        {
            for (property, value) in declarations(&sheet) {
                let raw = value.contains('#')
                    || ["rgb", "hsl", "oklch", "lab("]
                        .iter()
                        .any(|way| value.contains(way));
                assert!(!raw, "{}: {property}: {value}", path.display());
            }
        }
    }

    /// WCAG 2.2, success criterion 1.4.3: 4.5 for text.
    #[test]
    fn every_ink_can_be_read_on_every_ground_it_stands_on() {
        let (_, tokens) = sheets()
            .into_iter()
            .find(|(path, _)| path.ends_with("tokens.css"))
            .unwrap();
        let colors: BTreeMap<&str, [f64; 2]> = declarations(&tokens)
            .filter_map(|(name, value)| {
                let pair = value.strip_prefix("light-dark(")?.strip_suffix(')')?;
                let (light, dark) = pair.split_once(',')?;
                Some((name, [luminance(light), luminance(dark)]))
            })
            .collect();
        let grounds = ["--paper", "--paper-raised", "--paper-sunken"];
        let mut pairs: Vec<(String, String)> = Vec::new();
        for ink in [
            "--ink",
            "--ink-soft",
            "--ink-faint",
            "--accent",
            "--accent-hover",
        ] {
            pairs.extend(grounds.map(|ground| (ink.to_owned(), ground.to_owned())));
        }
        for status in ["pass", "warn", "fail", "unknown", "na"] {
            let ink = format!("--status-{status}-ink");
            pairs.push((ink.clone(), format!("--status-{status}-ground")));
            // The letter on the leaf of the gate is the paper's color.
            pairs.push((ink, "--paper".to_owned()));
            pairs.push(("--ink".to_owned(), format!("--status-{status}-ground")));
        }
        for ground in ["--accent", "--accent-hover"] {
            pairs.push(("--on-accent".to_owned(), ground.to_owned()));
        }
        pairs.push(("--accent".to_owned(), "--accent-soft".to_owned()));
        for (ink, ground) in pairs {
            for (theme, name) in ["light", "dark"].iter().enumerate() {
                let ratio = contrast(colors[ink.as_str()][theme], colors[ground.as_str()][theme]);
                assert!(ratio >= 4.5, "{ink} on {ground}, {name}: {ratio:.2}");
            }
        }
    }

    fn contrast(one: f64, other: f64) -> f64 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Relative luminance of `#rrggbb`, as WCAG defines it.
    fn luminance(color: &str) -> f64 {
        let hex = color.trim().strip_prefix('#').unwrap();
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    }
}
