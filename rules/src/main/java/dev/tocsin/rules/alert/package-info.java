/// The life of an alert: pending, firing, resolved. Pure functions over immutable state. Source of
/// the semantics: Prometheus, rules/alerting.go.
@NullMarked
package dev.tocsin.rules.alert;

import org.jspecify.annotations.NullMarked;
