// Run once, when the volume is empty: the API's own user, who may use one database.
db.getSiblingDB("job-processor").createUser({
  user: "job-processor",
  pwd: process.env.API_PASSWORD,
  roles: [{ role: "readWrite", db: "job-processor" }],
});
