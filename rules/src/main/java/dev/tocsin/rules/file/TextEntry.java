package dev.tocsin.rules.file;

/// A label or annotation as written in a rule file; the text may be a template, and may be empty
/// (an empty label removes the label of the result).
public record TextEntry(String name, String text) {}
