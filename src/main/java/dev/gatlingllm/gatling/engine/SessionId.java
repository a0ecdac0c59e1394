package dev.gatlingllm.gatling.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatling.core.session.Session;
import java.util.UUID;

/**
 * What names a virtual user to a service: the same in all of the user's calls, and that of no other
 * user, run or load generator, so that a server with a cache by session keeps them apart.
 */
final class SessionId {

  private static final UUID PROCESS = UUID.randomUUID();

  private SessionId() {}

  static String of(Session session) {
    String user = PROCESS + " " + session.userId() + " " + session.scenario();
    return UUID.nameUUIDFromBytes(user.getBytes(UTF_8)).toString();
  }
}
