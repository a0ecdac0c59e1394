package dev.gatlingllm.gatling.engine;

import io.gatling.core.Predef$;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.config.GatlingConfiguration$;
import io.gatling.javaapi.core.internal.Converters;
import java.util.List;

/** Gatling's own settings, without which its DSL builds nothing outside of Gatling. */
public final class GatlingDefaults {

  private static final GatlingConfiguration CONFIGURATION =
      GatlingConfiguration$.MODULE$.loadForTest(Converters.toScalaSeq(List.of()));

  static {
    Predef$.MODULE$._configuration_$eq(CONFIGURATION);
  }

  private GatlingDefaults() {}

  /** Them; from now on the DSL can be used. */
  public static GatlingConfiguration use() {
    return CONFIGURATION;
  }
}
