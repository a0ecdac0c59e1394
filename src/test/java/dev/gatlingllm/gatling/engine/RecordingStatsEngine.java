package dev.gatlingllm.gatling.engine;

import io.gatling.commons.stats.Status;
import io.gatling.core.actor.ActorRef;
import io.gatling.core.controller.Controller;
import io.gatling.core.session.GroupBlock;
import io.gatling.core.stats.StatsEngine;
import io.gatling.javaapi.core.internal.Converters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import scala.Option;

/** Keeps what Gatling's statistics are given. */
public final class RecordingStatsEngine implements StatsEngine {

  /** A request, epoch milliseconds. */
  public record Response(
      List<String> groups,
      String name,
      long startMillis,
      long endMillis,
      String status,
      Optional<String> message) {}

  /** A group's value. */
  public record GroupEnd(List<String> groups, int value, String status, long exitMillis) {}

  final List<Response> responses = new ArrayList<>();
  final List<GroupEnd> groups = new ArrayList<>();
  final List<String> crashes = new ArrayList<>();
  private boolean failing;

  /** Fails with every request from now on. */
  void fail() {
    failing = true;
  }

  /** The value of the group whose path ends so; fails if there is not exactly one. */
  GroupEnd group(String last) {
    List<GroupEnd> found =
        groups.stream()
            .filter(end -> end.groups().get(end.groups().size() - 1).equals(last))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError("one group " + last + " expected among " + groups);
    }
    return found.get(0);
  }

  @Override
  public void logResponse(
      String scenario,
      scala.collection.immutable.List<String> path,
      String requestName,
      long startTimestamp,
      long endTimestamp,
      Status status,
      Option<String> responseCode,
      Option<String> message) {
    if (failing) {
      throw new IllegalStateException("no statistics");
    }
    responses.add(
        new Response(
            Converters.toJavaList(path),
            requestName,
            startTimestamp,
            endTimestamp,
            status.name(),
            message.isEmpty() ? Optional.empty() : Optional.of(message.get())));
  }

  @Override
  public void logGroupEnd(String scenario, GroupBlock block, long exitTimestamp) {
    groups.add(
        new GroupEnd(
            Converters.toJavaList(block.groups()),
            block.cumulatedResponseTime(),
            block.status().name(),
            exitTimestamp));
  }

  @Override
  public void logRequestCrash(
      String scenario,
      scala.collection.immutable.List<String> path,
      String requestName,
      String error) {
    crashes.add(requestName + ": " + error);
  }

  @Override
  public void logUserStart(String scenario) {}

  @Override
  public void logUserEnd(String scenario) {}

  @Override
  public void start() {}

  @Override
  public void stop(ActorRef<Controller.Command> controller, Option<Exception> exception) {}
}
