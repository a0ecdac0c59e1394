package dev.gatlingllm.simulator;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The values that a setting may have, bounds included: from 0 on by default. Durations in seconds.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
  /** The least value; {@link Double#MIN_VALUE} for any above 0. */
  double least() default 0;

  /** The greatest value. Default: no bound. */
  double most() default Double.POSITIVE_INFINITY;
}
