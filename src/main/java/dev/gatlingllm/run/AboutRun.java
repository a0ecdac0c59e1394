package dev.gatlingllm.run;

import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.telemetry.Telemetry;
import java.util.Map;
import java.util.TreeMap;

/** How a run is called in its metrics: the attributes of OpenTelemetry's resource. */
final class AboutRun {

  private AboutRun() {}

  static Map<String, String> of(RunInfo info, RunFiles files) {
    String id = files.folder().getFileName().toString();
    Map<String, String> about = new TreeMap<>();
    about.put("service.name", "gatling-llm");
    about.put("service.instance.id", id);
    about.put("service.version", info.setup().versions().getOrDefault("gatling-llm", ""));
    about.put("host.name", info.setup().host().getOrDefault("name", ""));
    about.put(Telemetry.RUN_ID, id);
    info.together().share().ifPresent(share -> about.put(Telemetry.SHARE, share.toString()));
    about.put("gatling_llm.simulation", info.simulation());
    about.put("gatling_llm.description", info.description());
    info.labels().forEach((name, value) -> about.put("gatling_llm.label." + name, value));
    return about;
  }
}
