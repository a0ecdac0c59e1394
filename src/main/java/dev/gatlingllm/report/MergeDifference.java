package dev.gatlingllm.report;

import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.report.MergedRuns.Member;
import dev.gatlingllm.secret.Redaction;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something in which runs that are merged are not alike.
 *
 * @param key of a setting, or {@code simulation}, {@code seed}, {@code verdict}, {@code
 *     prices.conf} or {@code version of …}
 * @param values by the name of the run, fit to be printed
 */
record MergeDifference(String key, Map<String, String> values) {

  private static final int LONGEST = 60;

  /** What every machine has its own of, and where results go. */
  private static final List<String> OWN =
      Stream.concat(
              Share.OWN_SETTINGS.stream(),
              Stream.of(
                  "llm.seed",
                  "llm.description",
                  "llm.labels.",
                  "llm.record.",
                  "llm.console.",
                  "llm.otlp.",
                  "llm.prometheus.",
                  "llm.progress.",
                  "llm.conf"))
          .toList();

  /** Texts of the user, which may be prompts or worse. */
  private static final List<String> PRIVATE =
      List.of("llm.request.extraBody", "llm.request.headers", "llm.bedrock.custom.request");

  /** What is compared as a whole and never printed. */
  private record Value(String whole, String shown) {}

  /** All of them, the simulation first. */
  static List<MergeDifference> between(List<Member> runs) {
    List<MergeDifference> differences = new ArrayList<>();
    List<Member> known = runs.stream().filter(run -> run.info().isPresent()).toList();
    add(differences, "simulation", known, run -> shown(info(run).simulation()));
    add(differences, "seed", known, run -> shown(String.valueOf(info(run).setup().seed())));
    add(differences, "verdict", runs, run -> shown(run.verdict().level().code()));
    add(differences, "prices.conf", runs, run -> prices(run.prices(), runs));
    keys(known, info -> info.setup().versions())
        .forEach(
            name ->
                add(
                    differences,
                    "version of " + name,
                    known,
                    run -> shown(info(run).setup().versions().getOrDefault(name, ""))));
    keys(known, RunInfo::configuration).stream()
        .filter(key -> OWN.stream().noneMatch(key::startsWith))
        .forEach(key -> add(differences, key, known, run -> setting(key, run)));
    return differences;
  }

  private static RunInfo info(Member run) {
    return run.info().orElseThrow();
  }

  private static Collection<String> keys(
      List<Member> runs, Function<RunInfo, Map<String, String>> of) {
    return runs.stream()
        .flatMap(run -> of.apply(info(run)).keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void add(
      List<MergeDifference> differences,
      String key,
      List<Member> runs,
      Function<Member, Value> value) {
    Map<String, Value> values = new LinkedHashMap<>();
    runs.forEach(run -> values.put(run.name(), value.apply(run)));
    if (values.values().stream().map(Value::whole).distinct().count() > 1) {
      Map<String, String> shown = new LinkedHashMap<>();
      values.forEach((run, one) -> shown.put(run, one.shown()));
      differences.add(new MergeDifference(key, shown));
    }
  }

  private static Value setting(String key, Member run) {
    String whole = info(run).configuration().getOrDefault(key, "");
    return PRIVATE.stream().anyMatch(key::startsWith) && !whole.isEmpty()
        ? new Value(whole, "a text that is not shown")
        : shown(whole);
  }

  private static Value shown(String whole) {
    String clean = Redaction.text(whole);
    boolean isShort = clean.length() <= LONGEST && clean.indexOf('\n') < 0;
    return new Value(
        whole,
        clean.isEmpty()
            ? "not set"
            : isShort ? clean : Figures.fill("a text of %d characters", clean.length()));
  }

  /** By the first run that has the same prices. */
  private static Value prices(String text, List<Member> runs) {
    Map<String, Integer> numbers = new HashMap<>();
    runs.forEach(run -> numbers.putIfAbsent(run.prices(), numbers.size() + 1));
    return new Value(
        text, text.isEmpty() ? "no prices" : Figures.fill("price list %d", numbers.get(text)));
  }

  /** In a line: each value and the runs that have it. */
  String text() {
    Map<String, List<String>> runs = new LinkedHashMap<>();
    values.forEach((run, value) -> runs.computeIfAbsent(value, any -> new ArrayList<>()).add(run));
    return key
        + ": "
        + runs.entrySet().stream()
            .map(one -> one.getKey() + " in " + names(one.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String names(List<String> runs) {
    return runs.size() <= 2
        ? String.join(" and ", runs)
        : runs.get(0) + " and " + (runs.size() - 1) + " more";
  }
}
