package dev.gatlingllm.gatling.call;

import io.gatling.javaapi.core.CheckBuilder;

/** The checks of our own, for Gatling to tell apart from its own. */
public enum LlmCheckType implements CheckBuilder.CheckType {
  MEASURE
}
