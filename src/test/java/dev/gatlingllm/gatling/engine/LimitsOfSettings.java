package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.record.Limit;
import java.util.List;

/** The limits that a run takes, for tests of other packages. */
public final class LimitsOfSettings {

  private LimitsOfSettings() {}

  public static List<Limit> of(SloConfig slo) {
    return DeclaredLimits.take(slo);
  }

  /** Those that an action declares, and no others. */
  public static List<Limit> declaredBy(SloConfig slo, Runnable action) {
    var unused = DeclaredLimits.take(slo);
    action.run();
    return DeclaredLimits.take(slo);
  }
}
