package dev.gatlingllm.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.gatlingllm.simulator.Fault;
import dev.gatlingllm.simulator.ProcessSettings;
import dev.gatlingllm.simulator.SimulatorSettings;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** {@code llm.simulator}: how the simulated endpoint behaves. Immutable. */
public final class SimulatorConfig {

  private static final String SECTION = "llm.simulator";

  /** More calls at the same time than any run makes. */
  private static final int NO_LIMIT = 1_000_000;

  private final Config config;
  private final SimulatorSettings settings;

  private SimulatorConfig(Config config) {
    this.config = config;
    this.settings =
        new RecordReader(new ConfigReader(config), SECTION).read(SimulatorSettings.class);
  }

  /** The section in the settings of a run; {@link ProcessSettings} are as in reference.conf. */
  static SimulatorConfig ofRun(Config run) {
    return new SimulatorConfig(run.withFallback(ConfigSources.reference().resolve()));
  }

  /** {@code reference.conf} without the keys that a run refuses. */
  static Config referenceOfRun() {
    Config reference = ConfigSources.reference();
    for (RecordComponent own : ProcessSettings.class.getRecordComponents()) {
      reference = reference.withoutPath(SECTION + "." + own.getName());
    }
    return reference;
  }

  /**
   * The defaults with these changes, such as {@code "ttft = 20 ms, faults.cut = 0.1"}; where they
   * name a key twice, the last one holds.
   *
   * @param changes keys of {@code llm.simulator} in HOCON's format
   * @throws ConfigurationException if a key is unknown or a value cannot be used
   */
  public static SimulatorSettings of(String... changes) {
    Config section = ConfigFactory.parseString(String.join("\n", changes)).atPath(SECTION);
    return new SimulatorConfig(ConfigSources.checked(section, ConfigSources.reference()))
        .settings();
  }

  /**
   * The settings of a simulated endpoint that is a process of its own.
   *
   * @param systemProperties {@code -Dllm.simulator.*}, and {@code llm.conf} for a settings file
   * @throws ConfigurationException if a key is unknown or a value cannot be used
   */
  public static SimulatorSettings ofProcess(Properties systemProperties) {
    return new SimulatorConfig(ConfigSources.load(systemProperties, ConfigSources.reference()))
        .settings();
  }

  /** The same section with other values. */
  public SimulatorConfig with(Map<String, ?> changes) {
    return new SimulatorConfig(
        ConfigFactory.parseMap(changes).atPath(SECTION).withFallback(config));
  }

  /** What gives such an endpoint room for every call, and neither quotas nor faults. */
  static Map<String, String> unlimited(boolean tls) {
    Map<String, String> changes = new TreeMap<>();
    changes.put("tls", String.valueOf(tls));
    changes.put("capacity", String.valueOf(NO_LIMIT));
    changes.put("requestsPerMinute", "");
    changes.put("tokensPerMinute", "");
    for (Fault fault : Fault.values()) {
      changes.put("faults." + fault.key(), "0");
    }
    return changes;
  }

  /** What the section says. */
  public SimulatorSettings settings() {
    return settings;
  }
}
