/// Tests of the life of an alert.
@NullMarked
package dev.tocsin.rules.alert;

import org.jspecify.annotations.NullMarked;
