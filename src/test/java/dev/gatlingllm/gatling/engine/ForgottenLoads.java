package dev.gatlingllm.gatling.engine;

/** The loads that simulations of this JVM have declared, and no run has taken. */
public final class ForgottenLoads {

  private ForgottenLoads() {}

  /** Forgets them. */
  public static void forget() {
    ExtendedLoad.take();
  }
}
