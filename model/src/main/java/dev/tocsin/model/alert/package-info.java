/// What an alert is, and what is said about it when its state changes.
@NullMarked
package dev.tocsin.model.alert;

import org.jspecify.annotations.NullMarked;
