/// Alerts as lines for people.
@NullMarked
package dev.tocsin.deliver.console;

import org.jspecify.annotations.NullMarked;
