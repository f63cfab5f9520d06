/// Alerts for Alertmanagers, as Prometheus sends them.
@NullMarked
package dev.tocsin.deliver.alertmanager;

import org.jspecify.annotations.NullMarked;
