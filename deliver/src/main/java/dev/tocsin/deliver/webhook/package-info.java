/// Alertmanager's webhook payload, version 4, told directly.
@NullMarked
package dev.tocsin.deliver.webhook;

import org.jspecify.annotations.NullMarked;
