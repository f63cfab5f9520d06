package dev.tocsin.rules.alert;

import dev.tocsin.model.alert.AlertEvent;

/// Something to be told about an alert.
public record AlertNews(AlertEvent.Kind kind, Alert alert) {}
