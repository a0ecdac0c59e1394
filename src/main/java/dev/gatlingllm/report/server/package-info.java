/**
 * What the service says of the time of a run: its metrics as they were read while the run went on,
 * and exports of Azure Monitor and Amazon CloudWatch. Knows nothing of calls.
 */
package dev.gatlingllm.report.server;
