// A file on its way to the service: fetch tells nothing of how far it is, so this one call goes another way.

import { guardHeaders, problemOf } from "../api.js";

// sendFile(file, (share) => …) → the data set; rejects with a Problem.
export async function sendFile(file, told) {
  const headers = await guardHeaders();
  const body = new FormData();
  body.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/datasets");
    request.setRequestHeader("Accept", "application/json");
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => event.lengthComputable && told(event.loaded / event.total));
    request.upload.addEventListener("load", () => told(1));
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText);
      if (request.status < 300 && answer) resolve(answer);
      else reject(problemOf(answer, request.status));
    });
    request.addEventListener("error", () => reject(problemOf({ code: "offline", detail: `${file.name} did not arrive: the connection broke, or the service refused its size.` }, 0)));
    request.send(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
