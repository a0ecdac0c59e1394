/**
 * What the service's own monitoring says of the time of a run: exports of Azure Monitor and Amazon
 * CloudWatch. Knows nothing of runs.
 */
package dev.gatlingllm.report.server;
