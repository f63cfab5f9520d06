/// What a destination of alerts is, and what is known of it.
@NullMarked
package dev.tocsin.deliver.destination;

import org.jspecify.annotations.NullMarked;
