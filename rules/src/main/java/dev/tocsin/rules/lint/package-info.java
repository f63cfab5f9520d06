/// Looks for mistakes in rules that are valid: what can never match, never be true, or cannot be
/// seen at the pace of the samples; and says what a rule costs. Needs no data.
@NullMarked
package dev.tocsin.rules.lint;

import org.jspecify.annotations.NullMarked;
