package dev.tocsin.rules.template;

/// What became of a template that must not lose its alert.
///
/// @param text the expanded text, or `<error expanding template: ...>` as Prometheus puts it there
/// @param failed whether the text is an error
public record Expansion(String text, boolean failed) {}
