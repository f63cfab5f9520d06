/// What a user may write into `tocsin.yml`, read strictly: every mistake at once, with its place.
@NullMarked
package dev.tocsin.agent.config;

import org.jspecify.annotations.NullMarked;
