// A job's way as in the product: POST /jobs stores and queues it, a worker reports it to a webhook that asks for a secret.
// node server.mjs api|worker, with PORT, REDIS_PORT and, for the worker, WORK in milliseconds.
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { Queue, Worker } from 'bullmq';
import express from 'express';
import { Redis } from 'ioredis';

const PORT = Number(process.env.PORT);
const WORK = Number(process.env.WORK);
const SECRET = 'benchmark';
const MAX_PROMPT = 5000;
const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null };

function api() {
  const redis = new Redis(connection);
  const queue = new Queue('jobs', { connection });
  const app = express();
  let completed = 0;
  app.use(express.json());

  app.post('/jobs', async (request, response) => {
    const prompt = typeof request.body?.prompt === 'string' ? request.body.prompt.trim() : '';
    if (!prompt || prompt.length > MAX_PROMPT) {
      return response.status(400).json({ error: 'prompt' });
    }
    const id = randomBytes(12).toString('hex');
    const now = new Date().toISOString();
    const job = { prompt, status: 'PENDING', createdAt: now, updatedAt: now };
    await redis.pipeline().hset(`job:${id}`, job).zadd('jobs', Date.now(), id).exec();
    const retries = { attempts: 3, backoff: { type: 'exponential', delay: 1000 } };
    await queue.add('job', { id, prompt }, { removeOnComplete: 1000, ...retries });
    return response.status(201).json({ id, ...job, attempt: 1 });
  });

  app.post('/jobs/webhook/callback', async (request, response) => {
    if (request.headers['x-webhook-secret'] !== SECRET) {
      return response.status(401).json({ error: 'secret' });
    }
    const { jobId, result } = request.body;
    if (!(await redis.exists(`job:${jobId}`))) {
      return response.status(404).json({ error: 'no such job' });
    }
    const now = new Date().toISOString();
    await redis.hset(`job:${jobId}`, { status: 'COMPLETED', result, updatedAt: now, completedAt: now });
    completed++;
    return response.json({ id: jobId, status: 'COMPLETED' });
  });

  // For the benchmark alone, so that it need not ask for every job.
  app.get('/completed', (request, response) => response.json(completed));
  app.listen(PORT, '127.0.0.1');
}

function worker() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const headers = { 'content-type': 'application/json', 'x-webhook-secret': SECRET };
  const webhook = { agent, host: '127.0.0.1', port: PORT, method: 'POST', path: '/jobs/webhook/callback' };

  const report = (body) =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': Buffer.byteLength(body) };
      const request = http.request({ ...webhook, headers: { ...headers, ...length } }, (response) => {
        response.resume();
        response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(response.statusCode))));
      });
      request.on('error', reject);
      request.end(body);
    });

  const work = async (job) => {
    if (WORK) {
      await new Promise((resolve) => setTimeout(resolve, WORK));
    }
    const result = JSON.stringify({ success: true, message: `Processed job: ${job.data.id}` });
    await report(JSON.stringify({ jobId: job.data.id, result }));
  };
  new Worker('jobs', work, { connection, concurrency: 2000 });
}

process.argv[2] === 'api' ? api() : worker();
